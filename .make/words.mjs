// Extracts the kiosk's translations, except Japanese, from their Rust sources: one list per language, in the order of
// the fields in `i18n/kiosk.rs`, which `i18n/kiosk/loaded.rs` expects.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LOADED_LANGUAGES = ["en", "zh", "ko", "vi"];

export function words(locale) {
  const declared = readFileSync(join(locale, "kiosk.rs"), "utf8");
  const [, parts] = /pub struct Words \{([\s\S]*?)\}/.exec(declared);
  const order = [...parts.matchAll(/pub (\w+): (\w+),/g)].map(([, field, type]) => {
    const [, names] = new RegExp(`^ {4}${type} \\{([^}]*)\\}`, "m").exec(declared);
    return [field, names.trim().split(/\s+/)];
  });
  return LOADED_LANGUAGES.map((lang) => {
    const text = readFileSync(join(locale, "kiosk", `${lang}.rs`), "utf8");
    const list = order.flatMap(([field, names]) => {
      const [, block] = new RegExp(`^ {4}${field}: \\w+ \\{([\\s\\S]*?)^ {4}\\}`, "m").exec(text);
      const said = new Map([...block.matchAll(/(\w+):\s*("(?:[^"\\]|\\.)*")/g)].map(([, name, value]) => [name, JSON.parse(value)]));
      return names.map((name) => said.get(name) ?? fail(`${lang}: ${field}.${name} was not found`));
    });
    return [lang, JSON.stringify(list)];
  });
}

function fail(why) {
  throw new Error(why);
}
