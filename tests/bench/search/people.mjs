// Generator of 100,000 people with invented names, deterministic, and of queries for them. The oracle knows every
// spelling of each name and searches naively.

/** Family names: writing and reading. */
const FAMILIES = `佐藤 さとう,鈴木 すずき,高橋 たかはし,髙橋 たかはし,田中 たなか,伊藤 いとう,渡辺 わたなべ,渡邉 わたなべ,渡邊 わたなべ,山本 やまもと,中村 なかむら,小林 こばやし,加藤 かとう,吉田 よしだ,山田 やまだ,佐々木 ささき,山口 やまぐち,松本 まつもと,井上 いのうえ,木村 きむら,林 はやし,斎藤 さいとう,齋藤 さいとう,斉藤 さいとう,清水 しみず,山崎 やまざき,山﨑 やまざき,森 もり,池田 いけだ,橋本 はしもと,阿部 あべ,石川 いしかわ,山下 やました,中島 なかじま,石井 いしい,小川 おがわ,前田 まえだ,岡田 おかだ,長谷川 はせがわ,藤田 ふじた,後藤 ごとう,近藤 こんどう,村上 むらかみ,遠藤 えんどう,青木 あおき,坂本 さかもと,福田 ふくだ,太田 おおた,西村 にしむら,藤井 ふじい,金子 かねこ,岡本 おかもと,藤原 ふじわら,三浦 みうら,中野 なかの,中川 なかがわ,原田 はらだ,松田 まつだ,竹内 たけうち,小野 おの,田村 たむら,中山 なかやま,和田 わだ,石田 いしだ,森田 もりた,上田 うえだ,原 はら,内田 うちだ,柴田 しばた,酒井 さかい,宮崎 みやざき,横山 よこやま,高木 たかぎ,安藤 あんどう,宮本 みやもと,大野 おおの,小島 こじま,谷口 たにぐち,今井 いまい,工藤 くどう,高田 たかだ,増田 ますだ,丸山 まるやま,杉山 すぎやま,村田 むらた,大塚 おおつか,新井 あらい,小山 こやま,平野 ひらの,藤本 ふじもと,河野 こうの,上野 うえの,野口 のぐち,武田 たけだ,松井 まつい,千葉 ちば,岩崎 いわさき,菅原 すがわら,木下 きのした,久保 くぼ,佐野 さの,野村 のむら,松尾 まつお,菊地 きくち,市川 いちかわ,杉本 すぎもと,古川 ふるかわ,大西 おおにし,島田 しまだ,水野 みずの,桜井 さくらい,高野 たかの,渡部 わたべ,吉川 よしかわ,山内 やまうち,西田 にしだ,飯田 いいだ,西川 にしかわ,小松 こまつ,北村 きたむら,安田 やすだ,五十嵐 いがらし,川口 かわぐち,平田 ひらた,関 せき,中田 なかた,久保田 くぼた,服部 はっとり,東 ひがし,岩田 いわた,土屋 つちや,川崎 かわさき,福島 ふくしま,本田 ほんだ,辻 つじ,樋口 ひぐち,秋山 あきやま,田口 たぐち,永井 ながい,山中 やまなか,中西 なかにし,吉村 よしむら,川上 かわかみ,大橋 おおはし,石原 いしはら,松岡 まつおか,浜田 はまだ,濱田 はまだ,馬場 ばば,森本 もりもと,矢野 やの,浅野 あさの,松下 まつした,星野 ほしの,大久保 おおくぼ,吉岡 よしおか,小池 こいけ,野田 のだ,荒木 あらき,熊谷 くまがい,松浦 まつうら,大谷 おおたに,内藤 ないとう,黒田 くろだ,尾崎 おざき,川村 かわむら,永田 ながた,望月 もちづき,堀 ほり,松村 まつむら,菅野 かんの,田辺 たなべ,平井 ひらい,荒井 あらい,広瀬 ひろせ,大島 おおしま,西山 にしやま,早川 はやかわ,小沢 おざわ,小澤 おざわ,中沢 なかざわ,滝沢 たきざわ,黒沢 くろさわ`;
/** First and last parts of given names. */
const BEGIN = `翔 しょう,健 けん,大 だい,直 なお,美 み,裕 ゆう,優 ゆう,真 ま,陽 よう,和 かず,正 まさ,恵 え,千 ち,亜 あ,奈 な,里 り,香 か,友 とも,智 とも,知 とも,拓 たく,慎 しん,純 じゅん,俊 しゅん,隆 たか,貴 たか,秀 ひで,雅 まさ,康 やす,信 のぶ,由 ゆ,麻 ま,沙 さ,彩 あや,英 えい,賢 けん,光 みつ,義 よし,良 りょう,宏 ひろ`;
const END = `太 た,一 いち,輔 すけ,樹 き,子 こ,美 み,香 か,奈 な,人 と,哉 や,彦 ひこ,也 や,介 すけ,郎 ろう,平 へい,恵 え,里 り,太郎 たろう,一郎 いちろう,次郎 じろう,司 し,希 き,代 よ,江 え,乃 の,華 か,音 ね,夫 お,雄 お,男 お`;
/** Given names that are not composed. */
const WHOLE = `誠 まこと,恵 めぐみ,隆 たかし,蓮 れん,葵 あおい,学 まなぶ,薫 かおる,遥 はるか,結衣 ゆい,悠真 ゆうま,千尋 ちひろ,健 たけし,花子 はなこ,翔太 しょうた,美咲 みさき,さくら さくら,ひかり ひかり,ジョン じょん,マリア まりあ,リュウ りゅう`;

/** Pairs of writing and reading. */
const pairs = (text) => text.split(",").map((pair) => pair.split(" "));

/** mulberry32, a small deterministic random number generator. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pairs of name and kana, with a space between family and given name. */
export function people(count) {
  const next = random(20_261_123);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const [families, begin, end, whole] = [FAMILIES, BEGIN, END, WHOLE].map(pairs);
  return Array.from({ length: count }, () => {
    const family = pick(families);
    const [head, tail] = [pick(begin), pick(end)];
    const given = next() < 0.2 ? pick(whole) : [head[0] + tail[0], head[1] + tail[1]];
    return [`${family[0]} ${given[0]}`, `${family[1]} ${given[1]}`];
  });
}

/** Queries, to be typed letter by letter. */
export const TYPED = {
  "family name, kana": ["さとう", "わたなべ", "おおた", "ハットリ"],
  "whole name, kana": ["さとうはなこ", "すずきけんいち", "やまもと しょうた"],
  "given name, kana": ["みさき", "ゆうま", "けんたろう"],
  "inside a name, kana": ["もと", "たろう", "がわ"],
  "family name, romaji": ["satou", "sato", "satoh", "watanabe", "ohta", "oota", "ota", "tsuchiya", "tutiya"],
  "whole name, romaji": ["suzuki kenichi", "kondousyouta", "kondo shota"],
  "given name, romaji": ["misaki", "junichirou", "zyunitirou"],
  "kanji": ["佐藤", "佐藤花子", "渡辺", "齋藤", "山崎翔太", "高橋"],
  "inside a name, kanji": ["本", "太郎", "谷川"],
  "nobody": ["zzz", "ぬぬぬ"],
};

// ---- romaji by mora, each with a capital: さとう is SaToU

const ROWS = { "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも", r: "らりるれろ", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ" };
const MORAE = new Map([["や", "ya"], ["ゆ", "yu"], ["よ", "yo"], ["わ", "wa"], ["を", "o"], ["ん", "n"]]);
for (const [consonant, row] of Object.entries(ROWS)) [...row].forEach((kana, vowel) => MORAE.set(kana, consonant + "aiueo"[vowel]));
const HEPBURN = [[/^sy/, "sh"], [/^ty/, "ch"], [/^zy/, "j"], [/^dy/, "j"], [/^si/, "shi"], [/^ti/, "chi"], [/^tu/, "tsu"], [/^hu/, "fu"], [/^zi/, "ji"], [/^di/, "ji"], [/^du/, "zu"]];
const KUNREI = [[/^di/, "zi"], [/^du/, "zu"], [/^dy/, "zy"]];
const capital = (mora) => mora[0].toUpperCase() + mora.slice(1);

/** Romanizes kana. `system`: replacements of HEPBURN or KUNREI; `long`: treatment of long vowels: keep (satou), drop
 *  (sato), h (satoh, long o only). */
function romaji(kana, system, long) {
  const morae = [];
  let isDoubled = false;
  for (const c of kana) {
    if (c === "っ") { isDoubled = true; continue; }
    const small = "ゃゅょ".indexOf(c);
    if (small >= 0) morae.push(`${morae.pop().slice(0, -1)}y${"auo"[small]}`);
    else morae.push(MORAE.get(c) + (isDoubled ? "*" : ""));
    isDoubled = isDoubled && small >= 0;
  }
  const spelled = [];
  for (const mora of morae) {
    let spelling = system.reduce((text, [from, to]) => text.replace(from, to), mora.replace("*", ""));
    if (mora.endsWith("*")) spelling = spelling[0] + spelling;
    const before = spelled.at(-1)?.at(-1)?.toLowerCase();
    const isLong = (before === "o" && /^[uo]$/.test(spelling)) || (before === "u" && spelling === "u");
    if (isLong && long === "drop") continue;
    if (isLong && long === "h") { if (before === "o") spelled.push(spelled.pop() + "h"); continue; }
    spelled.push(capital(spelling));
  }
  return spelled.join("");
}

/** Arguments `system` and `long` of `romaji` for each spelling that visitors use. */
const SPELLINGS = [[HEPBURN, "keep"], [HEPBURN, "drop"], [HEPBURN, "h"], [KUNREI, "keep"], [KUNREI, "drop"]];

/** The two spellings in every library's index: Hepburn with and without long vowels. */
export function spellings(kana) {
  const words = kana.split(" ");
  return SPELLINGS.slice(0, 2).map((spelling) => words.map((word) => romaji(word, ...spelling).toLowerCase()).join(" "));
}

// ---- the oracle

const VARIANTS = { 髙: "高", 﨑: "崎", 邉: "辺", 邊: "辺", 齋: "斉", 斎: "斉", 齊: "斉", 澤: "沢", 濱: "浜" };
const katakanaToHiragana = (text) => text.replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
const plain = (text) => katakanaToHiragana(text.normalize("NFKC").toLowerCase()).replace(/[髙﨑邉邊齋斎齊澤濱]/g, (c) => VARIANTS[c]);

/** Expected results by query: indexes of people whose name or reading contains every word of the query; in romaji
 *  from the start of a syllable, in any one spelling. */
export function oracle(everybody) {
  const cache = new Map();
  const spellingsOf = (word) => {
    if (!cache.has(word)) cache.set(word, SPELLINGS.map((spelling) => romaji(word, ...spelling)));
    return cache.get(word);
  };
  const written = everybody.map(([name, kana]) => {
    const [family, given] = kana.split(" ").map(spellingsOf);
    const wholeNames = [...new Set(family.map((text, index) => text + given[index]))];
    return { name: plain(name).replace(" ", ""), kana: kana.replace(" ", ""), romaji: wholeNames.map((text) => [text, text.toLowerCase()]) };
  });
  // True if the query is in a spelling from the start of a syllable.
  const matchesSpelling = ([text, lowerCase], query) => {
    for (let from = lowerCase.indexOf(query); from >= 0; from = lowerCase.indexOf(query, from + 1)) {
      if (text[from] !== lowerCase[from]) return true; // a capital starts a syllable
    }
    return false;
  };
  return (query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    const isLatin = /^[a-z]+$/.test(words.join(""));
    const has = (person, word) =>
      isLatin ? person.romaji.some((text) => matchesSpelling(text, word)) : person.name.includes(word) || person.kana.includes(word);
    const whole = words.join("");
    return written.flatMap((person, number) => (has(person, whole) || words.every((word) => has(person, word)) ? [number] : []));
  };
}

/** Folds width, case and katakana, as for every engine. */
export const fold = (text) => katakanaToHiragana(text.normalize("NFKC").toLowerCase());
