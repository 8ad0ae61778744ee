//! An import under way: the file, what its columns mean, and what would happen. It outlives its page,
//! so that looking something up elsewhere loses nothing.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::import::layout::Layout;
use yobirin_domain::import::{Choice, Import, Options, Proposal};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::table::encoding::Encoding;
use yobirin_domain::table::file::{self as list_file, NotAList};
use yobirin_domain::table::sheet::{self, Sheet};
use yobirin_domain::validate::{Problem, validate};

use crate::browser::file::{self, SelectedFile};
use crate::browser::{self, clock, random};
use crate::setup::draft_store::DraftStore;

/// Largest file that is read, in bytes: far more than ten thousand people need.
const MAX_FILE_BYTES: f64 = 20_000_000.0;
/// How long the page may stand still for the work, in milliseconds.
const WORK_SLICE_MS: u64 = 50;
/// Rows between two looks at the clock.
const ROWS_PER_CLOCK_CHECK: usize = 100;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A file is chosen or text pasted.
    Choose,
    /// What the columns mean.
    Columns,
    /// What would happen.
    Review,
    /// A whole settings document, and what is wrong with it.
    Settings,
    /// It is in the draft.
    Done,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// More than [`MAX_FILE_BYTES`].
    TooLarge,
    /// Its name or its first bytes are not those of a list.
    NotAList(NotAList),
    /// It could not be read, or there is nothing in it.
    Nothing,
    /// No settings document; the reader says why.
    NotSettings(String),
    /// Written by a newer Yobirin.
    Newer,
}

/// A settings document that was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettingsImport {
    /// The document.
    pub(crate) document: SettingsDocument,
    /// What is wrong with it.
    pub(crate) problems: Vec<Problem>,
}

/// See the head of this file.
#[derive(Clone, Copy)]
pub(crate) struct ImportSession {
    pub(crate) step: RwSignal<Step>,
    pub(crate) name: RwSignal<String>,
    pub(crate) refusal: RwSignal<Option<Refusal>>,
    pub(crate) pasted: RwSignal<String>,
    /// `None` for text that was pasted.
    pub(crate) encoding: RwSignal<Option<Encoding>>,
    bytes: StoredValue<Vec<u8>>,
    pub(crate) sheet: RwSignal<Arc<Sheet>>,
    pub(crate) layout: RwSignal<Option<Layout>>,
    pub(crate) options: RwSignal<Options>,
    pub(crate) proposal: RwSignal<Option<Arc<Proposal>>>,
    pub(crate) settings: RwSignal<Option<SettingsImport>>,
    /// How far the work is, while there is some.
    pub(crate) progress: RwSignal<Option<f64>>,
    /// The draft that the proposal starts from.
    base: StoredValue<SettingsDocument>,
    /// Counts dry runs, so that an overtaken one ends.
    run: StoredValue<u32>,
}

impl ImportSession {
    pub(crate) fn new() -> Self {
        Self {
            step: RwSignal::new(Step::Choose),
            name: RwSignal::default(),
            refusal: RwSignal::new(None),
            pasted: RwSignal::default(),
            encoding: RwSignal::new(None),
            bytes: StoredValue::default(),
            sheet: RwSignal::new(Arc::default()),
            layout: RwSignal::new(None),
            options: RwSignal::default(),
            proposal: RwSignal::new(None),
            settings: RwSignal::new(None),
            progress: RwSignal::new(None),
            base: StoredValue::default(),
            run: StoredValue::new(0),
        }
    }

    /// Takes a file.
    pub(crate) fn load_file(self, file: SelectedFile) {
        self.refusal.set(None);
        self.name.set(file.name());
        if file.size() > MAX_FILE_BYTES {
            self.refusal.set(Some(Refusal::TooLarge));
            return;
        }
        spawn_local(async move {
            let bytes = file.bytes().await.unwrap_or_default();
            if let Err(why) = list_file::check(&file.name(), &bytes) {
                return self.refusal.set(Some(Refusal::NotAList(why)));
            }
            let encoding = Encoding::of(&bytes);
            self.bytes.set_value(bytes);
            self.encoding.set(Some(encoding));
            self.parse(&self.decoded(encoding));
        });
    }

    /// Takes what was pasted.
    pub(crate) fn load_pasted(self) {
        self.refusal.set(None);
        self.name.set(String::new());
        self.encoding.set(None);
        self.parse(&self.pasted.get_untracked());
    }

    /// Reads the file again in another encoding.
    pub(crate) fn decode_as(self, encoding: Encoding) {
        self.encoding.set(Some(encoding));
        self.parse(&self.decoded(encoding));
    }

    fn decoded(self, encoding: Encoding) -> String {
        self.bytes
            .with_value(|bytes| file::decode(bytes, encoding.label()))
    }

    fn parse(self, text: &str) {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            self.parse_settings(text);
            return;
        }
        let sheet = sheet::read(text);
        if sheet.rows.is_empty() {
            self.refusal.set(Some(Refusal::Nothing));
            return;
        }
        self.layout.set(Some(Layout::guess(&sheet)));
        self.sheet.set(Arc::new(sheet));
        self.options.update(|options| options.choices.clear());
        self.proposal.set(None);
        self.step.set(Step::Columns);
    }

    fn parse_settings(self, text: &str) {
        use yobirin_domain::model::settings::ParseSettingsError;
        match SettingsDocument::from_json(text) {
            Ok(document) => {
                let problems = validate(document.clone()).err().unwrap_or_default();
                self.settings
                    .set(Some(SettingsImport { document, problems }));
                self.step.set(Step::Settings);
            }
            Err(ParseSettingsError::Newer(_)) => self.refusal.set(Some(Refusal::Newer)),
            Err(why) => self
                .refusal
                .set(Some(Refusal::NotSettings(why.to_string()))),
        }
    }

    /// Finds out what would happen, a slice at a time.
    pub(crate) fn dry_run(self, store: DraftStore) {
        let Some(layout) = self.layout.get_untracked() else {
            return;
        };
        self.run.update_value(|turn| *turn += 1);
        let turn = self.run.get_value();
        let document = store.peek(SettingsDocument::clone);
        self.base.set_value(document.clone());
        let sheet = self.sheet.with_untracked(|sheet| Sheet::clone(sheet));
        let options = self.options.get_untracked();
        let import = Import::new(document, sheet, layout, options, random::random_u64);
        self.step.set(Step::Review);
        self.continue_run(import, turn);
    }

    fn continue_run(self, mut import: Import, turn: u32) {
        if self.run.try_get_value() != Some(turn) {
            return;
        }
        let until = clock::now() + WORK_SLICE_MS;
        while import.step(ROWS_PER_CLOCK_CHECK) {
            if clock::now() >= until {
                self.progress.set(Some(import.progress()));
                Timeout::new(0, move || self.continue_run(import, turn)).forget();
                return;
            }
        }
        self.proposal.set(Some(Arc::new(import.finish())));
        self.progress.set(None);
    }

    /// Decides about a row; `None` takes the decision back.
    pub(crate) fn decide(self, store: DraftStore, line: usize, choice: Option<Choice>) {
        self.options.update(|options| {
            match choice {
                Some(choice) => options.choices.insert(line, choice),
                None => options.choices.remove(&line),
            };
        });
        self.dry_run(store);
        // The row may be among others now; who uses the keyboard goes on from the filter.
        browser::focus_after_render("[data-section=review] .filter[aria-pressed=true]");
    }

    /// Puts the proposal into the draft, unless the draft has changed since; then it is made anew.
    pub(crate) fn apply(self, store: DraftStore) {
        let Some(proposal) = self.proposal.get_untracked() else {
            return;
        };
        let unchanged = self.base.with_value(|base| store.peek(|now| now == base));
        if unchanged {
            store.edit(|document| document.clone_from(&proposal.document));
            self.step.set(Step::Done);
        } else {
            self.dry_run(store);
        }
    }

    /// Puts a whole document into the draft.
    pub(crate) fn replace(self, store: DraftStore) {
        if let Some(whole) = self.settings.get_untracked() {
            store.edit(|document| *document = whole.document);
            self.step.set(Step::Done);
        }
    }

    /// Back to the beginning.
    pub(crate) fn start_again(self) {
        self.run.update_value(|turn| *turn += 1);
        self.progress.set(None);
        self.proposal.set(None);
        self.settings.set(None);
        self.refusal.set(None);
        self.options.update(|options| options.choices.clear());
        self.step.set(Step::Choose);
    }
}
