/**
 * Units of a memory that may be one: equal pairs, pairs that differ in form or number only, one source with several
 * targets, and similar sources with one target.
 *
 * Method: units fall into classes by exact texts, then by texts without width, capitals, spaces and punctuation, then by
 * those without numbers; each coarser class is looked at through one unit of every finer class, so that what a finer kind
 * has said is not said again, and shown with all of them. Similar sources are searched among units of one target: pair by pair with few of them,
 * by the fuzzy index (memory-index.ts) with many; what hangs together at the threshold is one group.
 * Guarantee: every two units that fulfil a kind stand in one group of it or of a finer kind; order is that of the units. Cost: O(characters), and a search for each unit whose target occurs with several sources.
 */
import { measureSimilarity } from "../text/edit-distance.ts";
import { matchKey } from "../text/match-key.ts";
import { startMemoryIndex } from "./memory-index.ts";

/**
 * `equal`: the same pair with the same neighbours, or without any; `context`: the same pair with other neighbours;
 * `form`: the same but for width, capitals, spaces and punctuation; `targets`: one source with several targets;
 * `similar`: sources that resemble each other with one target; `numbers`: the same but for numbers.
 */
export type DuplicateKind = "equal" | "context" | "form" | "targets" | "similar" | "numbers";
export const DUPLICATE_KINDS: readonly DuplicateKind[] = ["equal", "context", "form", "targets", "similar", "numbers"];

export type ComparedUnit = {
  readonly source: string;
  readonly target: string;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
};

/** `units`: places in the order of adding, rising. */
export type DuplicateGroup = {
  readonly kind: DuplicateKind;
  readonly units: readonly number[];
  /** Of similar sources: the least similarity between neighbours of the group. */
  readonly similarity?: number;
};

export type DuplicateSearch = {
  readonly add: (unit: ComparedUnit) => void;
  /** Run it to its end; it stops often, with the share that is done. */
  readonly finish: () => Generator<number, readonly DuplicateGroup[]>;
};

/** Units with one target up to this many are compared pair by pair. */
const FEW = 24;
const STEP = 512;

/** Punctuation between digits belongs to the number: 3.5 is not 35. */
const PUNCTUATION = /(?<!\p{Nd})[\p{P}\s]+|[\p{P}\s]+(?!\p{Nd})/gu;

function toForm(text: string): string {
  return matchKey(text).toLowerCase().replace(/[%‰]/gu, " percent ").replace(PUNCTUATION, "");
}

function toNumberless(form: string): string {
  return form.replace(/\p{Nd}+(?:[.,:/-]\p{Nd}+)*|[〇零一二三四五六七八九十百千万亿]+/gu, "#");
}

/** Value -> rising places. */
class Classes {
  readonly #places = new Map<string, number[]>();
  /** Made when all have been added. */
  #firsts: ReadonlyMap<number, readonly number[]> | undefined;

  add(value: string, place: number): void {
    const places = this.#places.get(value);
    if (places) places.push(place);
    else this.#places.set(value, [place]);
  }

  /** Those with more than one place, in order of the first. */
  *several(): Generator<readonly number[]> {
    for (const places of this.#places.values()) if (places.length > 1) yield places;
  }

  /** The whole classes of those that come first in theirs. */
  expand(firsts: readonly number[]): readonly number[] {
    return firsts.flatMap((first) => this.#byFirst().get(first) ?? [first]).sort((one, other) => one - other);
  }

  #byFirst(): ReadonlyMap<number, readonly number[]> {
    this.#firsts ??= new Map([...this.several()].map((places) => [places[0] ?? 0, places]));
    return this.#firsts;
  }

  *first(): Generator<number> {
    for (const [first] of this.#places.values()) if (first !== undefined) yield first;
  }
}

const SEPARATOR = "\u0000";

export function startDuplicateSearch({ threshold = 90 }: { readonly threshold?: number } = {}): DuplicateSearch {
  const sources: string[] = [];
  const targets: string[] = [];
  const pairs = new Classes();
  const contexts: string[] = [];
  return {
    add({ source, target, previous = "", next = "" }) {
      const place = sources.length;
      sources.push(source);
      targets.push(target);
      contexts.push(previous === "" && next === "" ? "" : previous + SEPARATOR + next);
      pairs.add(source + SEPARATOR + target, place);
    },
    *finish() {
      const groups: DuplicateGroup[] = [];
      for (const places of pairs.several()) groups.push(...splitByContext(places, contexts));
      yield 0.1;
      const sourceForms = new Map<number, string>();
      const targetForms = new Map<number, string>();
      const forms = new Classes();
      let count = 0;
      for (const place of pairs.first()) {
        const source = toForm(sources[place] ?? "");
        const target = toForm(targets[place] ?? "");
        sourceForms.set(place, source);
        targetForms.set(place, target);
        // Texts of punctuation alone have no form to be compared by.
        const hasForm = source !== "" && target !== "";
        forms.add(hasForm ? source + SEPARATOR + target : `${SEPARATOR}${sources[place]}${SEPARATOR}${targets[place]}`, place);
        if (++count % STEP === 0) yield 0.1 + (0.3 * count) / sources.length;
      }
      for (const units of forms.several()) groups.push({ kind: "form", units: pairs.expand(units) });
      const bySource = new Classes();
      const byTarget = new Classes();
      const numberless = new Classes();
      count = 0;
      for (const place of forms.first()) {
        const source = sourceForms.get(place) ?? "";
        const target = targetForms.get(place) ?? "";
        if (source !== "") bySource.add(source, place);
        if (target !== "" && source !== "") byTarget.add(target, place);
        const [left, right] = [toNumberless(source), toNumberless(target)];
        if (left !== source) numberless.add(left + SEPARATOR + right, place);
        if (++count % STEP === 0) yield 0.4 + (0.2 * count) / sources.length;
      }
      for (const units of bySource.several()) groups.push({ kind: "targets", units: pairs.expand(forms.expand(units)) });
      for (const units of numberless.several()) {
        // Without its number one text may be another's: only pairs whose numbers differ belong here.
        if (new Set(units.map((place) => sourceForms.get(place))).size > 1) groups.push({ kind: "numbers", units });
      }
      count = 0;
      for (const units of byTarget.several()) {
        for (const group of yield* joinSimilar(units, { sourceForms, sources, threshold })) {
          groups.push({ ...group, units: pairs.expand(forms.expand(group.units)) });
        }
        count += units.length;
        yield 0.6 + (0.4 * count) / sources.length;
      }
      return groups.sort(
        (one, other) =>
          DUPLICATE_KINDS.indexOf(one.kind) - DUPLICATE_KINDS.indexOf(other.kind) || (one.units[0] ?? 0) - (other.units[0] ?? 0),
      );
    },
  };
}

/** A unit without neighbours can be joined with any; units with different neighbours are different places of a text. */
function splitByContext(places: readonly number[], contexts: readonly string[]): DuplicateGroup[] {
  const byContext = Map.groupBy(places, (place) => contexts[place] ?? "");
  const free = byContext.get("") ?? [];
  byContext.delete("");
  const [first, ...others] = [...byContext.values()];
  const sets = first ? [[...first, ...free].sort((one, other) => one - other), ...others] : [free];
  const groups: DuplicateGroup[] = sets.filter((units) => units.length > 1).map((units) => ({ kind: "equal", units }));
  if (sets.length > 1) {
    groups.push({ kind: "context", units: places });
  }
  return groups;
}

type Compared = {
  readonly sourceForms: ReadonlyMap<number, string>;
  readonly sources: readonly string[];
  readonly threshold: number;
};

/** Units of one target whose sources hang together; those that differ in numbers alone have a kind of their own. */
function* joinSimilar(
  units: readonly number[],
  { sourceForms, sources, threshold }: Compared,
): Generator<number, DuplicateGroup[]> {
  const parents = units.map((_, at) => at);
  const least = new Map<number, number>();
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[at] = root;
    return root;
  };
  const join = (one: number, other: number, similarity: number): void => {
    const [root, under] = [rootOf(one), rootOf(other)].sort((first, second) => first - second) as [number, number];
    parents[under] = root;
    least.set(root, Math.min(similarity, least.get(root) ?? 100, least.get(under) ?? 100));
  };
  const texts = units.map((place) => matchKey(sources[place] ?? ""));
  const isNumbersOnly = (one: number, other: number): boolean => {
    const [left = "", right = ""] = [sourceForms.get(units[one] ?? 0), sourceForms.get(units[other] ?? 0)];
    return left === right || toNumberless(left) === toNumberless(right);
  };
  if (units.length <= FEW) {
    for (const [one, text] of texts.entries()) {
      for (let other = one + 1; other < texts.length; other++) {
        const similarity = measureSimilarity(text, texts[other] ?? "");
        if (similarity >= threshold && !isNumbersOnly(one, other)) join(one, other, similarity);
      }
    }
  } else {
    const builder = startMemoryIndex();
    for (const text of texts) builder.add(text);
    const steps = builder.finish();
    let step = steps.next();
    while (!step.done) {
      yield 0.6;
      step = steps.next();
    }
    const index = step.value;
    for (const [one, text] of texts.entries()) {
      for (const hit of index.search(text, { threshold, limit: units.length })) {
        if (hit.unit > one && !isNumbersOnly(one, hit.unit)) join(one, hit.unit, hit.similarity);
      }
      if (one % 32 === 0) yield 0.6;
    }
  }
  const joined = Map.groupBy(
    units.map((_, at) => at),
    (at) => rootOf(at),
  );
  return [...joined]
    .filter(([, members]) => members.length > 1)
    .map(([root, members]) => ({
      kind: "similar",
      units: members.map((at) => units[at] ?? 0),
      similarity: least.get(root) ?? threshold,
    }));
}
