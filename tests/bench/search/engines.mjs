// The search engines, each configured as documented for text without spaces. The libraries get name, kana and
// romaji in both Hepburn spellings, with width, case and katakana folded. The domain's search folds by itself and
// gets name and kana only.
import { fold, spellings } from "./people.mjs";

/** Maximum number of results in the kiosk. */
export const SHOWN = 24;

const documents = (people) =>
  people.map(([name, kana], id) => ({ id, name: fold(name), kana, romaji: spellings(kana).join(" ") }));

/** Unigrams and bigrams, the usual tokens for scripts without spaces. */
function grams(text) {
  const letters = [...text.replaceAll(" ", "")];
  return letters.flatMap((letter, index) => (index + 1 < letters.length ? [letter, letter + letters[index + 1]] : [letter]));
}

/** Tokens of a query, all of which must match: its bigrams, or its only letter. */
function queryTokens(query) {
  const letters = [...query.replaceAll(" ", "")];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => letters[index] + letter);
}

/** Each engine: `note` describes it, `load` loads code and people, `prepare` returns the search function, which
 *  returns indexes of people. */
export const ENGINES = {
  "domain::search": {
    note: "compiled to wasm as the kiosk is",
    load: async (people) => {
      const { default: init, Finder } = await import("/finder/bench_finder.js");
      const { memory } = await init();
      globalThis.wasm = memory;
      return new Finder(people.map((person) => person.join("\t")).join("\n"));
    },
    prepare: (finder) => {
      finder.prepare();
      return (query, limit) => [...finder.find(query, limit)];
    },
  },
  MiniSearch: {
    note: "tokens of one and two characters, all of a query's must be there",
    load: async (people) => [(await import("/npm/minisearch/dist/es/index.js")).default, documents(people)],
    prepare: ([MiniSearch, people]) => {
      const index = new MiniSearch({ fields: ["name", "kana", "romaji"], tokenize: grams, processTerm: (term) => term });
      index.addAll(people);
      const options = { tokenize: queryTokens, combineWith: "AND" };
      return (query, limit) => index.search(fold(query), options).slice(0, limit).map(({ id }) => id);
    },
  },
  FlexSearch: {
    note: "tokenize: full (every part of every word), own encoder that keeps Japanese",
    load: async (people) => [(await import("/npm/flexsearch/dist/flexsearch.bundle.module.min.mjs")).default, documents(people)],
    prepare: ([FlexSearch, people]) => {
      const encode = (text) => fold(text).split(" ").filter(Boolean);
      const index = new FlexSearch.Index({ tokenize: "full", encode, resolution: 1, context: false });
      // Whole names too, for queries without a space.
      const text = ({ name, kana, romaji }) => `${name} ${kana} ${name.replace(" ", "")} ${kana.replace(" ", "")} ${romaji}`;
      for (const person of people) index.add(person.id, text(person));
      return (query, limit) => index.search(fold(query), { limit: Math.min(limit, 1_000_000) });
    },
  },
  uFuzzy: {
    note: "unicode: true with the patterns of its documentation; name, kana (with and without a space) and romaji in one line",
    load: async (people) => [(await import("/npm/@leeoniya/ufuzzy/dist/uFuzzy.mjs")).default, documents(people)],
    prepare: ([uFuzzy, people]) => {
      const options = {
        unicode: true,
        interSplit: "[^\\p{L}\\d']+",
        intraSplit: "\\p{Ll}\\p{Lu}",
        intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
        intraChars: "[\\p{L}\\d']",
        intraContr: "'\\p{L}{1,2}\\b",
      };
      const engine = new uFuzzy(options);
      const lines = people.map(({ name, kana, romaji }) => `${name} ${name.replace(" ", "")} ${kana} ${kana.replace(" ", "")} ${romaji}`);
      return (query, limit) => {
        const [found, info, order] = engine.search(lines, fold(query), 0, 1_000);
        if (!found) return [];
        return (order ? order.map((rank) => info.idx[rank]) : found).slice(0, limit);
      };
    },
  },
  "Fuse.js": {
    note: "threshold 0.2, ignoreLocation, keys name, kana, romaji",
    load: async (people) => [(await import("/npm/fuse.js/dist/fuse.mjs")).default, documents(people)],
    prepare: ([Fuse, people]) => {
      const engine = new Fuse(people, { keys: ["name", "kana", "romaji"], threshold: 0.2, ignoreLocation: true });
      return (query, limit) => engine.search(fold(query), { limit: Math.min(limit, 1_000_000) }).map(({ refIndex }) => refIndex);
    },
  },
};
