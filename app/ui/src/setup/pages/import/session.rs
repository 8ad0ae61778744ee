//! State of an import: file, mapping, proposal. It is kept while other pages are shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::csv::encoding::Encoding;
use yobirin_domain::csv::file::{self as list_file, FileType, FileTypeError};
use yobirin_domain::csv::separator::Separator;
use yobirin_domain::csv::sheet::{self, Sheet};
use yobirin_domain::import::layout::Layout;
use yobirin_domain::import::{Import, Options, Proposal, RowChoice};
use yobirin_domain::model::id::HostId;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::{self, Problem};

use crate::browser::file::{self, SelectedFile};
use crate::browser::{self, clock, random};
use crate::setup::draft_store::DraftStore;

use super::imported_state::ImportedState;
use super::workbook::{self, Worksheet};

/// Maximum file size, in bytes; ten thousand hosts need far less.
const MAX_FILE_BYTES: f64 = 20_000_000.0;
/// Time for which a dry run may block the page at once, in milliseconds.
const WORK_SLICE_MS: u64 = 50;
/// Rows after which a dry run looks at the clock.
const ROWS_PER_CLOCK_CHECK: usize = 100;

/// Step of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportStep {
    /// A file is chosen or text is pasted.
    Choose,
    /// The columns are mapped.
    Columns,
    /// The proposal is reviewed.
    Review,
    /// A settings document is reviewed.
    Settings,
    /// The changes are in the draft.
    Done,
}

/// Reason why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileRefusal {
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge,
    /// A workbook that cannot be read.
    Workbook,
    /// The name or the content shows that the file is no list.
    NotAList(FileTypeError),
    /// Nothing in the file, or the browser cannot read it.
    Empty,
    /// Not a settings document, with the parser's error.
    NotSettings(String),
    /// Settings of a newer version of this product.
    Newer,
}

/// An imported settings document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettingsImport {
    /// The document.
    pub(crate) document: SettingsDocument,
    /// Problems of the document; it can be used only without any.
    pub(crate) problems: Vec<Problem>,
}

/// State of an import.
#[derive(Clone, Copy)]
pub(crate) struct ImportSession {
    pub(crate) step: RwSignal<ImportStep>,
    /// Name of the file; empty for pasted text.
    pub(crate) file_name: RwSignal<String>,
    /// Reason why the last file was refused.
    pub(crate) refusal: RwSignal<Option<FileRefusal>>,
    /// Text in the field for pasting.
    pub(crate) pasted: RwSignal<String>,
    /// True while a workbook is being opened.
    pub(crate) is_opening: RwSignal<bool>,
    /// Encoding of the file; `None` for pasted text and workbooks.
    pub(crate) encoding: RwSignal<Option<Encoding>>,
    /// Content of the file, to read it again with another encoding.
    bytes: StoredValue<Vec<u8>>,
    /// Text of the list, to read it again with another separator.
    text: StoredValue<String>,
    /// Sheets of the workbook; empty for other lists.
    pub(crate) worksheets: RwSignal<Vec<Worksheet>>,
    /// Index of the chosen sheet in `worksheets`.
    pub(crate) worksheet: RwSignal<usize>,
    /// Cells of the list.
    pub(crate) sheet: RwSignal<Arc<Sheet>>,
    /// Meaning of the list's rows and columns; `None` before a list is read.
    pub(crate) layout: RwSignal<Option<Layout>>,
    /// Options of the import, with the admin's decisions about rows.
    pub(crate) options: RwSignal<Options>,
    /// Changes that the import would make; `None` before the first dry run ends.
    pub(crate) proposal: RwSignal<Option<Arc<Proposal>>>,
    /// The settings document of a settings file; `None` for a list.
    pub(crate) settings_import: RwSignal<Option<SettingsImport>>,
    /// Progress of a dry run, from 0 to 1; `None` while none runs, and in its first slice.
    pub(crate) progress: RwSignal<Option<f64>>,
    /// The draft that the proposal is based on.
    base: StoredValue<SettingsDocument>,
    /// ETag of the saved settings when the changes came into the draft.
    etag_before: StoredValue<String>,
    /// Number of the current dry run; a run with another number ends.
    current_run: StoredValue<u32>,
}

impl ImportSession {
    pub(crate) fn new() -> Self {
        Self {
            step: RwSignal::new(ImportStep::Choose),
            file_name: RwSignal::default(),
            refusal: RwSignal::new(None),
            pasted: RwSignal::default(),
            is_opening: RwSignal::new(false),
            encoding: RwSignal::new(None),
            bytes: StoredValue::default(),
            text: StoredValue::default(),
            worksheets: RwSignal::default(),
            worksheet: RwSignal::default(),
            sheet: RwSignal::new(Arc::default()),
            layout: RwSignal::new(None),
            options: RwSignal::default(),
            proposal: RwSignal::new(None),
            settings_import: RwSignal::new(None),
            progress: RwSignal::new(None),
            base: StoredValue::default(),
            etag_before: StoredValue::default(),
            current_run: StoredValue::new(0),
        }
    }

    /// Reads a file.
    pub(crate) fn load_file(self, file: SelectedFile) {
        self.refusal.set(None);
        self.file_name.set(file.name());
        if file.size() > MAX_FILE_BYTES {
            self.refusal.set(Some(FileRefusal::TooLarge));
            return;
        }
        spawn_local(async move {
            let bytes = file.bytes().await.unwrap_or_default();
            match list_file::check(&file.name(), &bytes) {
                Err(error) => self.refusal.set(Some(FileRefusal::NotAList(error))),
                Ok(FileType::Workbook) => self.open_workbook(&bytes).await,
                Ok(FileType::Text) => {
                    let encoding = Encoding::of(&bytes);
                    self.bytes.set_value(bytes);
                    self.decode_as(encoding);
                }
            }
        });
    }

    /// Reads a workbook, and continues with its best sheet.
    async fn open_workbook(self, bytes: &[u8]) {
        self.is_opening.set(true);
        let worksheets = workbook::read_worksheets(bytes).await;
        self.is_opening.set(false);
        match worksheets {
            None => self.refusal.set(Some(FileRefusal::Workbook)),
            Some(worksheets) if worksheets.is_empty() => self.refusal.set(Some(FileRefusal::Empty)),
            Some(worksheets) => {
                let best = workbook::best_worksheet(&worksheets);
                self.encoding.set(None);
                self.worksheets.set(worksheets);
                self.choose_worksheet(best);
            }
        }
    }

    /// Reads a sheet of the workbook.
    pub(crate) fn choose_worksheet(self, index: usize) {
        self.worksheet.set(index);
        let sheet = self.worksheets.with_untracked(|worksheets| {
            let rows = worksheets.get(index).map(|worksheet| &*worksheet.rows);
            Sheet::of_cells(rows.unwrap_or_default())
        });
        self.set_sheet(sheet);
    }

    /// Reads the pasted text.
    pub(crate) fn load_pasted(self) {
        self.refusal.set(None);
        self.file_name.set(String::new());
        self.encoding.set(None);
        self.parse(self.pasted.get_untracked());
    }

    /// Reads the file with an encoding.
    pub(crate) fn decode_as(self, encoding: Encoding) {
        self.encoding.set(Some(encoding));
        let text = self
            .bytes
            .with_value(|bytes| file::decode(bytes, encoding.label()));
        self.parse(text);
    }

    /// Reads the list again with another separator.
    pub(crate) fn separate_by(self, separator: Separator) {
        self.set_sheet(
            self.text
                .with_value(|text| sheet::read_with(text, separator)),
        );
    }

    /// Reads a text: settings when it begins like JSON, else a list.
    fn parse(self, text: String) {
        self.worksheets.set(Vec::new());
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('{') {
            self.parse_settings(start);
            return;
        }
        let sheet = sheet::read(&text);
        self.text.set_value(text);
        self.set_sheet(sheet);
    }

    /// Continues with a list, whose columns are guessed.
    fn set_sheet(self, sheet: Sheet) {
        if sheet.rows.is_empty() {
            self.refusal.set(Some(FileRefusal::Empty));
            return;
        }
        self.layout.set(Some(Layout::guess(&sheet)));
        self.sheet.set(Arc::new(sheet));
        self.options.update(|options| options.choices.clear());
        self.proposal.set(None);
        self.step.set(ImportStep::Columns);
    }

    /// Reads a settings document, and continues with its review.
    fn parse_settings(self, text: &str) {
        use yobirin_domain::model::settings::ParseSettingsError;
        match SettingsDocument::from_json(text) {
            Ok(mut document) => {
                validate::clean(&mut document);
                let problems = validate::validate(document.clone())
                    .err()
                    .unwrap_or_default();
                self.settings_import
                    .set(Some(SettingsImport { document, problems }));
                self.step.set(ImportStep::Settings);
            }
            Err(ParseSettingsError::NewerVersion(_)) => self.refusal.set(Some(FileRefusal::Newer)),
            Err(error) => self
                .refusal
                .set(Some(FileRefusal::NotSettings(error.to_string()))),
        }
    }

    /// Computes the proposal from the present draft, in slices.
    pub(crate) fn dry_run(self, store: DraftStore) {
        let Some(layout) = self.layout.get_untracked() else {
            return;
        };
        self.current_run.update_value(|run| *run += 1);
        let run = self.current_run.get_value();
        let document = store.peek(SettingsDocument::clone);
        self.base.set_value(document.clone());
        let sheet = self.sheet.with_untracked(|sheet| Sheet::clone(sheet));
        let options = Options {
            today: Some(clock::today(&document.site.time_zone)),
            ..self.options.get_untracked()
        };
        let import = Import::new(document, sheet, layout, options, random::random_u64);
        self.step.set(ImportStep::Review);
        self.continue_run(import, run);
    }

    /// Continues a dry run for one slice, and schedules the next slice.
    fn continue_run(self, mut import: Import, run: u32) {
        if self.current_run.try_get_value() != Some(run) {
            return;
        }
        let slice_end = clock::now() + WORK_SLICE_MS;
        while import.step(ROWS_PER_CLOCK_CHECK) {
            if clock::now() >= slice_end {
                self.progress.set(Some(import.progress()));
                Timeout::new(0, move || self.continue_run(import, run)).forget();
                return;
            }
        }
        self.proposal.set(Some(Arc::new(import.finish())));
        self.progress.set(None);
    }

    /// Decision about the row on this line of the file; `None` for the row as the import proposes it.
    pub(crate) fn choice_of(self, line: usize) -> Option<RowChoice> {
        self.options
            .with_untracked(|options| options.choices.get(&line).cloned())
    }

    /// Sets the decision about a row; `None` removes it.
    pub(crate) fn decide(self, store: DraftStore, line: usize, choice: Option<RowChoice>) {
        self.options.update(|options| {
            match choice {
                Some(choice) => options.choices.insert(line, choice),
                None => options.choices.remove(&line),
            };
        });
        self.dry_run(store);
        // The row is rendered again. It gets the focus back, or the filter does when it no longer shows the row.
        browser::focus_in_place_after_render(
            format!("[data-line='{line}'] :is(input, select, button)"),
            "[data-section=review] .filter[aria-pressed=true]",
        );
    }

    /// Applies the proposal to the draft; computes it again if the draft changed since.
    pub(crate) fn apply(self, store: DraftStore) {
        let Some(proposal) = self.proposal.get_untracked() else {
            return;
        };
        let is_draft_unchanged = self
            .base
            .with_value(|base| store.peek(|draft| draft == base));
        if is_draft_unchanged {
            self.etag_before.set_value(untrack(|| store.saved_etag()));
            store.edit(|document| document.clone_from(&proposal.document));
            self.step.set(ImportStep::Done);
        } else {
            self.dry_run(store);
        }
    }

    /// Replaces the draft by the imported document.
    pub(crate) fn replace(self, store: DraftStore) {
        if let Some(import) = self.settings_import.get_untracked() {
            self.etag_before.set_value(untrack(|| store.saved_etag()));
            store.edit(|document| *document = import.document);
            self.step.set(ImportStep::Done);
        }
    }

    /// State of the changes that were imported last.
    pub(crate) fn imported_state(self, store: DraftStore) -> ImportedState {
        let (etag, is_dirty) = (store.saved_etag(), store.is_dirty());
        self.etag_before
            .with_value(|before| ImportedState::of(before, &etag, is_dirty))
    }

    /// Number of hosts without account that the proposal adds.
    pub(crate) fn added_without_account(self, proposal: &Proposal) -> usize {
        self.base.with_value(|base| {
            let ids_before: BTreeSet<&HostId> = base.hosts.iter().map(|host| &host.id).collect();
            let hosts = proposal.document.hosts.iter();
            hosts
                .filter(|host| host.account.is_none() && !ids_before.contains(&host.id))
                .count()
        })
    }

    /// Returns to the first step.
    pub(crate) fn restart(self) {
        self.current_run.update_value(|run| *run += 1);
        self.progress.set(None);
        self.proposal.set(None);
        self.settings_import.set(None);
        self.refusal.set(None);
        self.options.update(|options| options.choices.clear());
        self.step.set(ImportStep::Choose);
    }
}
