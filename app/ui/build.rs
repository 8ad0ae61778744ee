//! Generates the structs of the app's texts from the translations in `i18n`: a struct for each part of a file, with one
//! field per text, and a static for each language. The build fails when the languages have different texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/i18n/setup/unbroken.rs"]
mod unbroken;

/// Languages of the kiosk, one file each. The texts of the first one document the fields.
const KIOSK_LANGUAGES: [&str; 5] = ["en", "ja", "zh", "ko", "vi"];
/// Languages of set-up, one file each.
const SETUP_LANGUAGES: [&str; 2] = ["en", "ja"];

/// Parts of the kiosk that are rarely shown: tablets load them in every language, also in Japanese, when they are first
/// shown.
const LOADED_WHEN_SHOWN: [&str; 2] = ["checklist", "notice_details"];

/// Texts of a language by part and name. The order by name is the order of the lists that tablets load, which
/// `.make/pack.mjs` writes.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// Struct of all texts of a page in one language.
#[derive(Clone, Copy)]
enum Catalogue {
    /// `Words` of the kiosk, which tablets fill with loaded texts.
    Kiosk,
    /// `RareWords` of the kiosk: those of [`LOADED_WHEN_SHOWN`].
    KioskRare,
    /// `Words` of set-up. They are private to the crate, so that the compiler finds texts that nothing uses.
    Setup,
}

impl Catalogue {
    fn struct_name(self) -> &'static str {
        match self {
            Self::Kiosk | Self::Setup => "Words",
            Self::KioskRare => "RareWords",
        }
    }

    fn visibility(self) -> &'static str {
        match self {
            Self::Kiosk | Self::KioskRare => "pub",
            Self::Setup => "pub(crate)",
        }
    }

    /// True when tablets load the texts of a language, as a list.
    fn is_loaded(self) -> bool {
        matches!(self, Self::Kiosk | Self::KioskRare)
    }

    /// Name of the static with the texts of a language.
    fn static_name(self, lang: &str) -> String {
        match self {
            Self::Kiosk | Self::Setup => lang.to_uppercase(),
            Self::KioskRare => format!("{}_RARE", lang.to_uppercase()),
        }
    }
}

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let translations = manifest.join("i18n");
    println!("cargo:rerun-if-changed={}", translations.display());
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/i18n/setup/unbroken.rs");
    fs::write(
        out.join("kiosk_words.rs"),
        kiosk_code(&translations.join("kiosk"))?,
    )?;
    fs::write(
        out.join("setup_words.rs"),
        setup_code(&translations.join("setup"))?,
    )
}

fn kiosk_code(folder: &Path) -> io::Result<String> {
    let mut common = Vec::new();
    let mut rare = Vec::new();
    for lang in KIOSK_LANGUAGES {
        let (texts, rare_texts) = split_off_rare(read_texts(folder, lang)?);
        common.push((lang, texts));
        rare.push((lang, rare_texts));
    }
    Ok(catalogue_code(Catalogue::Kiosk, &common)? + &catalogue_code(Catalogue::KioskRare, &rare)?)
}

fn setup_code(folder: &Path) -> io::Result<String> {
    let mut languages = Vec::new();
    for lang in SETUP_LANGUAGES {
        let mut texts = read_texts(folder, lang)?;
        if lang == "ja" {
            for text in texts.values_mut().flat_map(BTreeMap::values_mut) {
                *text = unbroken::unbroken(text);
            }
        }
        languages.push((lang, texts));
    }
    catalogue_code(Catalogue::Setup, &languages)
}

fn read_texts(folder: &Path, lang: &str) -> io::Result<Texts> {
    let path = folder.join(format!("{lang}.json"));
    let json = fs::read_to_string(&path)?;
    serde_json::from_str(&json)
        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

/// Splits texts into the common texts and the rare ones.
fn split_off_rare(mut texts: Texts) -> (Texts, Texts) {
    let rare = LOADED_WHEN_SHOWN.map(|part| texts.remove_entry(part));
    (texts, rare.into_iter().flatten().collect())
}

/// Code of the structs, and of a static for each language. Fails when a language has other texts than the first one.
fn catalogue_code(catalogue: Catalogue, languages: &[(&str, Texts)]) -> io::Result<String> {
    let reference = &languages[0].1;
    let mut code = String::new();
    write_structs(&mut code, catalogue, reference);
    for (lang, texts) in languages {
        check_names(lang, texts, reference)?;
        write_static(&mut code, catalogue, lang, texts);
    }
    Ok(code)
}

/// Checks that a language has the expected names of texts.
fn check_names(lang: &str, texts: &Texts, expected: &Texts) -> io::Result<()> {
    let (present, wanted) = (names(texts), names(expected));
    let missing: Vec<_> = wanted
        .iter()
        .filter(|name| !present.contains(name))
        .collect();
    let unknown: Vec<_> = present
        .iter()
        .filter(|name| !wanted.contains(name))
        .collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    let message = format!("{lang}.json lacks {missing:?} and has {unknown:?} that others lack");
    Err(io::Error::other(message))
}

/// The names of all texts, `part.name`, in order.
fn names(texts: &Texts) -> Vec<String> {
    let mut names = Vec::new();
    for (part, texts) in texts {
        names.extend(texts.keys().map(|name| format!("{part}.{name}")));
    }
    names
}

/// Writes a struct for each part, and the struct of all parts.
fn write_structs(code: &mut String, catalogue: Catalogue, texts: &Texts) {
    let (whole, visibility) = (catalogue.struct_name(), catalogue.visibility());
    let derive = match catalogue.is_loaded() {
        true => "#[derive(Clone, Copy, Debug, Default)]",
        false => "#[derive(Debug)]",
    };
    for (part, texts) in texts {
        let _ = writeln!(code, "/// Texts of `{part}`.");
        let _ = writeln!(code, "{derive}\n{visibility} struct {} {{", type_name(part));
        for (name, text) in texts {
            let _ = writeln!(code, "    #[doc = {text:?}]");
            let _ = writeln!(code, "    {visibility} {name}: &'static str,");
        }
        let _ = writeln!(code, "}}");
    }
    let _ = writeln!(code, "/// All texts in one language.");
    let _ = writeln!(code, "{derive}\n{visibility} struct {whole} {{");
    if matches!(catalogue, Catalogue::Setup) {
        let _ = writeln!(
            code,
            "    /// The language.\n    {visibility} lang: SetupLang,"
        );
    }
    for part in texts.keys() {
        let _ = writeln!(code, "    /// Texts of `{part}`.");
        let _ = writeln!(code, "    {visibility} {part}: {},", type_name(part));
    }
    let _ = writeln!(code, "}}");
    if catalogue.is_loaded() {
        write_list_of_all(code, whole, texts);
    }
}

/// Writes the method that lists all texts.
fn write_list_of_all(code: &mut String, whole: &str, texts: &Texts) {
    let names = names(texts);
    let _ = writeln!(code, "impl {whole} {{");
    let _ = writeln!(code, "    /// All texts, ordered by part and name.");
    let _ = writeln!(
        code,
        "    fn all(&mut self) -> [&mut &'static str; {}] {{",
        names.len()
    );
    let _ = writeln!(code, "        [");
    for name in names {
        let _ = writeln!(code, "            &mut self.{name},");
    }
    let _ = writeln!(code, "        ]\n    }}\n}}");
}

/// Writes the static with the texts of a language.
fn write_static(code: &mut String, catalogue: Catalogue, lang: &str, texts: &Texts) {
    let (name, whole) = (catalogue.static_name(lang), catalogue.struct_name());
    let _ = writeln!(code, "static {name}: {whole} = {whole} {{");
    if matches!(catalogue, Catalogue::Setup) {
        let _ = writeln!(code, "    lang: SetupLang::{},", type_name(lang));
    }
    for (part, texts) in texts {
        let _ = writeln!(code, "    {part}: {} {{", type_name(part));
        for (name, text) in texts {
            let _ = writeln!(code, "        {name}: {text:?},");
        }
        let _ = writeln!(code, "    }},");
    }
    let _ = writeln!(code, "}};");
}

/// Name of a part's struct, or of a language's variant: `staff_exit` is `StaffExit`.
fn type_name(part: &str) -> String {
    let words = part.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}
