//! Folded forms of names, written and phonetic, and their index.

use super::bitmap_index::{BitmapIndex, WORD_MARK};
use super::phonetic::{self, UNREAD};
use super::{normalize, particles, pronunciation};

/// Folded forms of all entries, hosts or groups.
#[derive(Clone, Debug)]
pub(super) struct FormIndex {
    /// Written forms.
    pub(super) letters: BitmapIndex<u16>,
    /// Phonetic forms.
    pub(super) sounds: BitmapIndex<u8>,
}

impl FormIndex {
    /// Creates an index for the given number of entries.
    pub(super) fn of(entries: usize) -> Self {
        Self {
            letters: BitmapIndex::of(entries),
            sounds: BitmapIndex::of(entries),
        }
    }

    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }
}

/// Adds the folded forms of entries to the index. Its buffers are reused, because allocation would take longer than
/// folding.
#[derive(Debug, Default)]
pub(super) struct FormWriter {
    /// Normalized text.
    normal: String,
    /// Written form, with marks between the words.
    letters: String,
    /// Unfolded phonetic form, with marks between the words.
    written: String,
    /// Phonetic form, folded word by word, with marks between the words.
    by_word: String,
    /// Phonetic form, folded as one word.
    as_one: String,
}

impl FormWriter {
    /// Adds the forms of the texts of one entry.
    pub(super) fn add<'a>(&mut self, texts: impl Iterator<Item = &'a str>, to: &mut FormIndex) {
        for text in texts.filter(|text| !text.is_empty()) {
            self.normal.clear();
            normalize::add_normal(text, &mut self.normal);
            self.add_letters(to);
            if self.read_sound() {
                self.add_sounds(to);
            }
        }
        to.letters.finish_entry();
        to.sounds.finish_entry();
    }

    fn add_letters(&mut self, to: &mut FormIndex) {
        self.letters.clear();
        for word in normalize::split_words(&self.normal) {
            if !self.letters.is_empty() {
                self.letters.push(char::from(WORD_MARK));
            }
            normalize::add_folded(word, &mut self.letters);
        }
        to.letters.add(self.letters.encode_utf16());
        if let Some(unified) = particles::unified(&self.letters) {
            to.letters.add(unified.encode_utf16());
        }
    }

    /// Converts the words to phonetic form, parts in kanji to [`UNREAD`]; false when no part is in kana or Latin
    /// letters.
    fn read_sound(&mut self) -> bool {
        self.written.clear();
        let mut is_read = false;
        for word in normalize::split_words(&self.normal) {
            if !self.written.is_empty() {
                self.written.push(char::from(WORD_MARK));
            }
            for part in pronunciation::parts(word) {
                if pronunciation::append_sound(part, &mut self.written) {
                    is_read = is_read || !pronunciation::is_number(part);
                } else {
                    self.written.push(char::from(UNREAD));
                }
            }
        }
        is_read
    }

    fn add_sounds(&mut self, to: &mut FormIndex) {
        to.sounds.add(self.written.bytes());
        if !phonetic::needs_folding(&self.written) {
            return;
        }
        self.by_word.clear();
        phonetic::add_folded(&self.written, &mut self.by_word);
        to.sounds.add(self.by_word.bytes());
        // Folding may reach over two words, in either name order. Such a form is only added where it differs from the
        // form that is folded word by word.
        let mark = char::from(WORD_MARK);
        let words = self
            .written
            .split_once(mark)
            .zip(self.by_word.split_once(mark));
        if let Some(((first, rest), (folded_first, folded_rest))) = words {
            self.as_one.clear();
            phonetic::add_folded(&without_marks([first, rest]), &mut self.as_one);
            if self.as_one != without_marks([folded_first, folded_rest]) {
                to.sounds.add(self.as_one.bytes());
            }
            // The mark at its start says that this form is only matched there: inside, it has the words of the forms
            // above.
            self.as_one.clear();
            phonetic::add_folded(&without_marks([rest, first]), &mut self.as_one);
            if self.as_one != without_marks([folded_rest, folded_first]) {
                to.sounds
                    .add(std::iter::once(WORD_MARK).chain(self.as_one.bytes()));
            }
        }
    }
}

/// Two sounds together, without the marks between their words.
fn without_marks(sounds: [&str; 2]) -> String {
    let chars = sounds.into_iter().flat_map(str::chars);
    chars.filter(|c| *c != char::from(WORD_MARK)).collect()
}

/// Folded forms of one entry.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// Written forms.
    pub(crate) letters: Vec<String>,
    /// Phonetic forms.
    pub(crate) sounds: Vec<String>,
}

impl Forms {
    /// Folded forms of texts without an index. Texts with a part in kanji have no phonetic form.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut forms = Self::default();
        for text in texts {
            let letters = normalize::fold(text);
            if let Some(unified) = particles::unified(&letters) {
                pronunciation::add_new(&mut forms.letters, unified);
            }
            pronunciation::add_new(&mut forms.letters, letters);
            let words: Option<Vec<String>> = normalize::words(text)
                .iter()
                .map(|word| pronunciation::sound_of(word))
                .collect();
            for sound in words
                .iter()
                .flat_map(|words| pronunciation::spellings(words))
            {
                pronunciation::add_new(&mut forms.sounds, sound);
            }
        }
        forms
    }
}
