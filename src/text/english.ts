/**
 * English words: where they stand in a text, and the stem that inflected forms share.
 *
 * Stems are Porter2 (the library's `english` algorithm) after a table of irregular forms, because no suffix rule
 * leads "went" to "go" or "people's" and "peoples" to one stem. The stem is a key for finding and is never shown.
 * Guarantee: any string gives words, in order, that do not overlap; stemming never throws.
 * Cost: O(length); each distinct word is stemmed once per process (up to a bound).
 */
import snowball from "snowball-stemmers";
import type { Span } from "../model/span.ts";

export type Word = Span & { readonly text: string };

/**
 * Numbers with their separators are one word (1,000 and 3.5); letters keep an inner apostrophe (people’s).
 * A hyphen parts words, so that "high-quality" and "high quality" are the same two. Han is left out: each
 * language has its own words.
 */
const WORD = /\p{Nd}+(?:[.,]\p{Nd}+)*|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{Nd}])+(?:['’](?:(?!\p{Script=Han})\p{L})+)*/gu;

/** Base form, then its irregular forms. Forms that Porter2 already leads to the base are not listed. */
const IRREGULAR_FORMS = `
be am is are was were been being 'm 're; have has had having 've; do does did done doing; go goes went gone; will 'll;
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent; bind bound;
bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt; buy bought;
catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn; dream dreamt;
drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought;
find found; flee fled; fling flung; fly flew flown flies; forbid forbade forbidden; foresee foresaw foreseen; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; grind ground; grow grew grown; hang hung;
hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lay laid; lead led; lean leant; leap leapt;
learn learnt; leave left; lend lent; lie lay lain; light lit; lose lost; make made; mean meant; meet met; mistake mistook mistaken;
overcome overcame; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose risen; run ran; say said says; see saw seen;
seek sought; sell sold; send sent; sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk;
sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; smell smelt; sow sown; speak spoke spoken; speed sped;
spell spelt; spend spent; spin spun; spit spat; spread spreading; spring sprang sprung; stand stood; steal stole stolen;
stick stuck; sting stung; stride strode stridden; strike struck stricken; strive strove striven; swear swore sworn; sweep swept;
swell swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought;
throw threw thrown; tread trod trodden; understand understood; undertake undertook undertaken; undergo underwent undergone;
undo undid undone; uphold upheld; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound;
withdraw withdrew withdrawn; withhold withheld; withstand withstood; wring wrung; write wrote written; rebuild rebuilt;
good better best; bad worse worst; little less least; many more most; far farther farthest further furthest; old elder eldest;
man men; woman women; child children; person persons people; foot feet; tooth teeth; goose geese; mouse mice; louse lice; ox oxen;
life lives; wife wives; knife knives; leaf leaves; half halves; self selves; shelf shelves; wolf wolves; thief thieves; loaf loaves;
calf calves; elf elves; hoof hooves; crisis crises; analysis analyses; basis bases; thesis theses; hypothesis hypotheses;
axis axes; oasis oases; diagnosis diagnoses; emphasis emphases; synthesis syntheses; phenomenon phenomena; criterion criteria;
bacterium bacteria; curriculum curricula; memorandum memoranda; stratum strata; nucleus nuclei;
stimulus stimuli; index indices; appendix appendices; matrix matrices; vertex vertices; larva larvae; formula formulae;
labour labor; centre center; defence defense; programme program; favour favor; honour honor; colour color; behaviour behavior;
neighbour neighbor; organise organize; harbour harbor; endeavour endeavor; theatre theater; metre meter; litre liter; fibre fiber;
grey gray; plough plow; cheque check; i me my mine myself; we us our ours ourselves; he him his himself; she her hers herself;
they them their theirs themselves; it its itself; you your yours yourself yourselves; who whom whose; this these; that those;
a an; can could cannot; shall should; may might
`;

const NEGATION = /n['’]t$/u;
const POSSESSIVE = /['’]s?$/u;
/** Enough for the vocabulary of a large project; beyond it the cache starts anew. */
const CACHE_LIMIT = 200_000;

function readIrregularForms(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const line of IRREGULAR_FORMS.split(";")) {
    const [base, ...forms] = line.trim().split(/\s+/u);
    if (base === undefined) continue;
    for (const form of forms) if (!table.has(form)) table.set(form, base);
  }
  return table;
}

const irregularForms = readIrregularForms();
const stemmer = snowball.newStemmer("english");
const cache = new Map<string, string>();

function computeStem(word: string): string {
  let base = word.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  if (base === "won't") return "will";
  if (base === "can't") return "can";
  base = base.replace(NEGATION, "");
  base = irregularForms.get(base) ?? base;
  base = base.replace(POSSESSIVE, "");
  return stemmer.stem(irregularForms.get(base) ?? base);
}

/** The stem of one word, in lower case: "policies" → "polici", "Went" → "go". */
export function stemWord(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const stem = computeStem(word);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, stem);
  return stem;
}

/** The words of a text with their places. Words in other alphabets than Latin come too, Han does not. */
export function findWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    words.push({ start: found.index, end: found.index + found[0].length, text: found[0] });
  }
  return words;
}

/** The stems of a text's words in order. */
export function stemWords(text: string): readonly string[] {
  return findWords(text).map((word) => stemWord(word.text));
}
