//! An import under way: the file, what its columns mean, and what would happen. It outlives its page,
//! so that looking something up elsewhere loses nothing.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::csv::encoding::Encoding;
use yobirin_domain::csv::file::{self as list_file, FileTypeError};
use yobirin_domain::csv::sheet::{self, Sheet};
use yobirin_domain::import::layout::Layout;
use yobirin_domain::import::{Choice, Import, Options, Proposal};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::{Problem, validate};

use crate::platform::file::{self, Chosen};
use crate::platform::{self, clock, ids};
use crate::setup::store::Store;

/// Largest file that is read, in bytes: far more than ten thousand people need.
const MAX_FILE: f64 = 20_000_000.0;
/// How long the page may stand still for the work, in milliseconds.
const SLICE: u64 = 50;
/// Rows between two looks at the clock.
const ROWS: usize = 100;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A file is chosen or text pasted.
    Choose,
    /// What the columns mean.
    Columns,
    /// What would happen.
    Review,
    /// A whole settings document, and what is wrong with it.
    Whole,
    /// It is in the draft.
    Done,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// More than [`MAX_FILE`].
    TooLarge,
    /// Its name or its first bytes are not those of a list.
    NotAList(FileTypeError),
    /// It could not be read, or there is nothing in it.
    Nothing,
    /// No settings document; the reader says why.
    NotSettings(String),
    /// Written by a newer Yobirin.
    Newer,
}

/// A settings document that was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// The document.
    pub(super) document: SettingsDocument,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
}

/// See the head of this file.
#[derive(Clone, Copy)]
pub(in crate::setup) struct Desk {
    pub(super) step: RwSignal<Step>,
    pub(super) name: RwSignal<String>,
    pub(super) refusal: RwSignal<Option<Refusal>>,
    pub(super) pasted: RwSignal<String>,
    /// `None` for text that was pasted.
    pub(super) encoding: RwSignal<Option<Encoding>>,
    bytes: StoredValue<Vec<u8>>,
    pub(super) sheet: RwSignal<Arc<Sheet>>,
    pub(super) layout: RwSignal<Option<Layout>>,
    pub(super) options: RwSignal<Options>,
    pub(super) proposal: RwSignal<Option<Arc<Proposal>>>,
    pub(super) whole: RwSignal<Option<Whole>>,
    /// How far the work is, while there is some.
    pub(super) progress: RwSignal<Option<f64>>,
    /// The draft that the proposal starts from.
    base: StoredValue<SettingsDocument>,
    /// Counts dry runs, so that an overtaken one ends.
    turn: StoredValue<u32>,
}

impl Desk {
    pub(in crate::setup) fn new() -> Self {
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
            whole: RwSignal::new(None),
            progress: RwSignal::new(None),
            base: StoredValue::default(),
            turn: StoredValue::new(0),
        }
    }

    /// Takes a file.
    pub(super) fn take_file(self, file: Chosen) {
        self.refusal.set(None);
        self.name.set(file.name());
        if file.size() > MAX_FILE {
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
            self.take_text(&self.decoded(encoding));
        });
    }

    /// Takes what was pasted.
    pub(super) fn take_pasted(self) {
        self.refusal.set(None);
        self.name.set(String::new());
        self.encoding.set(None);
        self.take_text(&self.pasted.get_untracked());
    }

    /// Reads the file again in another encoding.
    pub(super) fn read_as(self, encoding: Encoding) {
        self.encoding.set(Some(encoding));
        self.take_text(&self.decoded(encoding));
    }

    fn decoded(self, encoding: Encoding) -> String {
        self.bytes
            .with_value(|bytes| file::decode(bytes, encoding.label()))
    }

    fn take_text(self, text: &str) {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            self.take_settings(text);
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

    fn take_settings(self, text: &str) {
        use yobirin_domain::model::settings::ParseSettingsError;
        match SettingsDocument::from_json(text) {
            Ok(document) => {
                let problems = validate(document.clone()).err().unwrap_or_default();
                self.whole.set(Some(Whole { document, problems }));
                self.step.set(Step::Whole);
            }
            Err(ParseSettingsError::NewerVersion(_)) => self.refusal.set(Some(Refusal::Newer)),
            Err(why) => self
                .refusal
                .set(Some(Refusal::NotSettings(why.to_string()))),
        }
    }

    /// Finds out what would happen, a slice at a time.
    pub(super) fn dry_run(self, store: Store) {
        let Some(layout) = self.layout.get_untracked() else {
            return;
        };
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        let document = store.peek(SettingsDocument::clone);
        self.base.set_value(document.clone());
        let sheet = self.sheet.with_untracked(|sheet| Sheet::clone(sheet));
        let options = self.options.get_untracked();
        let import = Import::new(document, sheet, layout, options, ids::bits);
        self.step.set(Step::Review);
        self.go_on(import, turn);
    }

    fn go_on(self, mut import: Import, turn: u32) {
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        let until = clock::now() + SLICE;
        while import.step(ROWS) {
            if clock::now() >= until {
                self.progress.set(Some(import.progress()));
                Timeout::new(0, move || self.go_on(import, turn)).forget();
                return;
            }
        }
        self.proposal.set(Some(Arc::new(import.finish())));
        self.progress.set(None);
    }

    /// Decides about a row; `None` takes the decision back.
    pub(super) fn decide(self, store: Store, line: usize, choice: Option<Choice>) {
        self.options.update(|options| {
            match choice {
                Some(choice) => options.choices.insert(line, choice),
                None => options.choices.remove(&line),
            };
        });
        self.dry_run(store);
        // The row may be among others now; who uses the keyboard goes on from the filter.
        platform::focus_drawn("[data-section=review] .filter[aria-pressed=true]");
    }

    /// Puts the proposal into the draft, unless the draft has changed since; then it is made anew.
    pub(super) fn apply(self, store: Store) {
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
    pub(super) fn replace(self, store: Store) {
        if let Some(whole) = self.whole.get_untracked() {
            store.edit(|document| *document = whole.document);
            self.step.set(Step::Done);
        }
    }

    /// Back to the beginning.
    pub(super) fn start_again(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.progress.set(None);
        self.proposal.set(None);
        self.whole.set(None);
        self.refusal.set(None);
        self.options.update(|options| options.choices.clear());
        self.step.set(Step::Choose);
    }
}
