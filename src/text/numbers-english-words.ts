/** English number words (see numbers-english.ts). All keys in lower case. */

function numbered(words: string, first: number, step = 1): [string, number][] {
  return words.split(" ").map((word, at) => [word, first + at * step]);
}

export const CARDINALS: ReadonlyMap<string, number> = new Map([
  ...numbered("zero one two three four five six seven eight nine ten eleven twelve", 0),
  ...numbered("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
  ...numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
]);

export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1),
  ...numbered("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 13),
  ...numbered("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth", 20, 10),
  ["firstly", 1],
  ["secondly", 2],
  ["thirdly", 3],
  ["fourthly", 4],
]);

/** Stands among the powers of ten for "dozen", which is none. */
export const DOZEN = 1.5;

/** Powers of ten of the words that multiply what stands before them. */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ["dozen", DOZEN],
  ["hundred", 2],
  ["thousand", 3],
  ["million", 6],
  ["billion", 9],
  ["bn", 9],
  ["trillion", 12],
  ["tn", 12],
]);

/** "second(s)" is left out: "thirty seconds" is a time. */
export const DENOMINATORS: ReadonlyMap<string, number> = new Map(
  [
    ["half", 2],
    ["third", 3],
    ["quarter", 4],
    ["fourth", 4],
    ["fifth", 5],
    ["sixth", 6],
    ["seventh", 7],
    ["eighth", 8],
    ["ninth", 9],
    ["tenth", 10],
    ["hundredth", 100],
    ["thousandth", 1000],
  ].flatMap(([word, value]): [string, number][] => [
    [String(word), Number(value)],
    [word === "half" ? "halves" : `${String(word)}s`, Number(value)],
  ]),
);

export const MULTIPLES: ReadonlyMap<string, number> = new Map(
  [
    ["twice", 2],
    ["double doubled doubles doubling twofold", 2],
    ["thrice", 3],
    ["triple tripled triples tripling treble trebled threefold", 3],
    ["quadruple quadrupled quadruples quadrupling fourfold", 4],
    ["quintuple quintupled fivefold", 5],
    ["sixfold", 6],
    ["sevenfold", 7],
    ["eightfold", 8],
    ["ninefold", 9],
    ["tenfold", 10],
    ["hundredfold", 100],
  ].flatMap(([words, value]) =>
    String(words)
      .split(" ")
      .map((word): [string, number] => [word, Number(value)]),
  ),
);

export const MONTHS: ReadonlyMap<string, number> = new Map([
  ...numbered("january february march april may june july august september october november december", 1),
  ...numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1),
  ["sept", 9],
]);
