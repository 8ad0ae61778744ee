//! Generates `i18n::kiosk::Words` from the kiosk's translations, `i18n/kiosk/*.json`: a struct for each part of a
//! file, with one field per text, and a static for each language. The build fails when the languages have different
//! texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Languages, one file each. The texts of the first one document the fields.
const LANGUAGES: [&str; 5] = ["en", "ja", "zh", "ko", "vi"];

/// Parts that are rarely shown: tablets load them in every language, also in Japanese, when they are first shown.
const LOADED_WHEN_SHOWN: [&str; 2] = ["checklist", "notice_details"];

/// Texts of a language by part and name. The order by name is the order of the lists that tablets load, which
/// `.make/pack.mjs` writes.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let folder = manifest.join("i18n/kiosk");
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed=build.rs");

    let (reference, rare_reference) = split_off_rare(read_texts(&folder, LANGUAGES[0])?);
    let mut code = String::new();
    write_structs(&mut code, &reference, "Words");
    write_structs(&mut code, &rare_reference, "RareWords");
    for lang in LANGUAGES {
        let (texts, rare_texts) = split_off_rare(read_texts(&folder, lang)?);
        check_names(lang, &texts, &reference)?;
        check_names(lang, &rare_texts, &rare_reference)?;
        write_static(&mut code, lang, &texts, "Words");
        write_static(&mut code, &format!("{lang}_rare"), &rare_texts, "RareWords");
    }
    fs::write(out.join("kiosk_words.rs"), code)
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

/// Writes a struct for each part, and the struct `whole` of all parts.
fn write_structs(code: &mut String, texts: &Texts, whole: &str) {
    for (part, texts) in texts {
        let _ = writeln!(code, "/// Texts of `{part}`.");
        let _ = writeln!(code, "#[derive(Clone, Copy, Debug, Default)]");
        let _ = writeln!(code, "pub struct {} {{", type_name(part));
        for (name, text) in texts {
            let _ = writeln!(code, "    #[doc = {text:?}]\n    pub {name}: &'static str,");
        }
        let _ = writeln!(code, "}}");
    }
    let _ = writeln!(code, "/// Words of the kiosk in one language.");
    let _ = writeln!(code, "#[derive(Clone, Copy, Debug, Default)]");
    let _ = writeln!(code, "pub struct {whole} {{");
    for part in texts.keys() {
        let _ = writeln!(code, "    /// Texts of `{part}`.");
        let _ = writeln!(code, "    pub {part}: {},", type_name(part));
    }
    let _ = writeln!(code, "}}");
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

/// Writes the static of type `whole` with the texts of a language.
fn write_static(code: &mut String, lang: &str, texts: &Texts, whole: &str) {
    let _ = writeln!(code, "static {}: {whole} = {whole} {{", lang.to_uppercase());
    for (part, texts) in texts {
        let _ = writeln!(code, "    {part}: {} {{", type_name(part));
        for (name, text) in texts {
            let _ = writeln!(code, "        {name}: {text:?},");
        }
        let _ = writeln!(code, "    }},");
    }
    let _ = writeln!(code, "}};");
}

/// Name of a part's struct: `staff_exit` is `StaffExit`.
fn type_name(part: &str) -> String {
    let words = part.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}
