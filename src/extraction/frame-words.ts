/**
 * Words that hold frames together, in simplified script, as a grammar lists them: prepositions, the second parts of
 * 在…下, and correlatives with their answers. No list was taken from a text that the extractor is measured on.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ""));

/** Prepositions whose phrase asks for a verb: 把{X}作为{Y}, 为{X}提供{Y}. */
export const PREPOSITIONS = words("把 将 为 以 对 从 由 让 使 向 与 同 给 围绕 就 用");

/** Openers of a phrase that ends with a noun: 按照{X}要求, 根据{X}规定. They count as verbs do. */
export const PHRASE_VERBS = words("按照 根据 遵照 依照 依据 本着 围绕 坚持 听取 沿着");

/** Single characters that link the halves of a prepositional frame though they are no verbs of the list. */
export const LINKS = words("为 到 成 于 至 入");

/** 在{X}下, 在{X}以来: a preposition and the last word of its phrase. Those with `alone` are frames without a noun before. */
export const CIRCUMPOSITIONS: readonly {
  readonly openers: ReadonlySet<string>;
  readonly closer: string;
  readonly alone: boolean;
}[] = [
  { openers: words("在"), closer: "下", alone: true },
  { openers: words("在"), closer: "上", alone: false },
  { openers: words("在"), closer: "中", alone: false },
  { openers: words("在"), closer: "同时", alone: true },
  { openers: words("在"), closer: "方面", alone: true },
  { openers: words("在"), closer: "之际", alone: true },
  { openers: words("自 自从"), closer: "以来", alone: true },
  { openers: words("从"), closer: "出发", alone: true },
  { openers: words("从"), closer: "来看", alone: true },
  { openers: words("从"), closer: "做起", alone: true },
  { openers: words("对 对于"), closer: "来说", alone: true },
  { openers: words("对 对于"), closer: "而言", alone: true },
  { openers: words("对"), closer: "负责", alone: true },
  { openers: words("以"), closer: "为主", alone: true },
  { openers: words("除 除了"), closer: "以外", alone: true },
  { openers: words("除 除了"), closer: "外", alone: true },
];

export type Correlative = {
  readonly openers: readonly string[];
  readonly answers: readonly string[];
  /** Bare conjunctions are grammar and no wording to decide on; the figures of official speech are. */
  readonly worth: number;
};

const correlative = (openers: string, answers: string, worth: number): Correlative => ({
  openers: openers.split(" "),
  answers: answers.split(" "),
  worth,
});

/** Longer words before shorter ones that begin them: the first that fits is taken. */
export const CORRELATIVES: readonly Correlative[] = [
  correlative(
    "不仅仅是 不仅是 不仅仅 不仅 不但 不只是 不只 不光 不单 非但",
    "而且 更是 更要 更 还是 还要 还 也是 也要 也 并且 而是 又",
    2,
  ),
  correlative("既是", "也是 更是 又是 也 又", 2),
  correlative("既要", "也要 又要 更要 也 又 还要", 2),
  correlative("既有", "也有 又有 更有 也 又", 1.5),
  correlative("既", "又 也 更 且", 1.5),
  correlative("越是", "越要 越能 越是 越 就越 更要 更", 2.5),
  correlative("越", "越要 越能 越是 越", 1.5),
  correlative("愈是 愈", "愈 愈要 愈是", 1.5),
  correlative("只有", "才能够 才能 才会 才有 才 方能", 1.5),
  correlative("无论 不论 不管", "都要 都是 都 也 总", 1.5),
  correlative("没有", "就没有 便没有 就不可能 就不 没有", 1.5),
  correlative("宁可 宁愿 宁肯 宁", "也不 也要 不 也", 1.5),
  correlative("与其", "不如 宁可", 1.5),
  correlative("不是", "而是 就是", 1),
  correlative("一方面", "另一方面 一方面", 1),
  correlative("一手", "一手", 2),
  correlative("哪里", "哪里 那里 就", 2),
  correlative("之所以", "是因为 就是因为 就在于 在于", 1),
  correlative("即使 即便 哪怕 纵使", "也要 也 都", 0.6),
  correlative("只要", "就要 就能 就会 就 便", 0.6),
  correlative("虽然 尽管 虽", "但是 但 却 仍然 仍 然而", 0.5),
  correlative("如果 一旦 倘若 若", "就要 就会 就 那么 便 则", 0.4),
  correlative("因为 由于", "所以 因此 因而", 0.4),
  correlative("有的", "有的", 1),
  correlative("要么", "要么", 1),
  correlative("一边", "一边", 1),
  correlative("时而", "时而", 1),
];

/** Verbs of speech that end the words before what is said. */
export const SPEECH_VERBS = words("指出 强调 要求 表示 认为 提出 说 称 指示 宣布 介绍 谈到 透露 重申 号召 呼吁 批示 写道 明确");
