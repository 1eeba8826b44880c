/**
 * A glossary made ready for its list: what is searched, filtered, counted and ordered, one small record an entry, kept while
 * the server runs. Changed entries alone are read again: each has a stamp, and the version of the glossary says when to look.
 *
 * Pinyin comes from `pinyin-pro` and is made when somebody first asks for it, a few milliseconds at a time. A wrong reading of
 * a character only means that an entry is not found by it. Cost: O(entries) a question, without touching the database.
 */
import type { ConceptKind, TermStatus } from "../model/concept.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import { matchKey } from "../text/match-key.ts";
import { toSyllables } from "../text/pinyin.ts";
import type { Application } from "./application.ts";
import { mainLanguage } from "./glossary.ts";
import { startTurns } from "./take-turns.ts";

export type Pinyin = {
  /** First letters, wording after wording: 联防联控 → lflk. */
  readonly initials: readonly string[];
  readonly spelled: readonly string[];
  /** Of `spelled`: where a syllable begins, as "1" among "0". */
  readonly starts: readonly string[];
  readonly order: string;
};

export type IndexedEntry = {
  readonly id: string;
  readonly stamp: string;
  readonly position: number;
  readonly head: string;
  readonly headKey: string;
  /** Search keys of all wordings. */
  readonly keys: readonly string[];
  readonly chinese: readonly string[];
  readonly statuses: ReadonlySet<TermStatus>;
  readonly kind: ConceptKind;
  readonly class: string;
  readonly domain: string;
  readonly sources: readonly string[];
  readonly changedAt: string;
  readonly isSettled: boolean;
  readonly isParaphrased: boolean;
  readonly isWaiting: boolean;
  pinyin?: Pinyin;
};

export type GlossaryIndex = { readonly version: number; readonly entries: readonly IndexedEntry[] };

/** Entries read between two turns of the event loop. */
const ENTRIES_PER_TURN = 100;

export function toListKey(text: string): string {
  return matchKey(text).toLowerCase();
}

const kept = new WeakMap<Application, Map<string, Promise<GlossaryIndex>>>();

/** The index as the glossary is now. */
export async function openIndex(application: Application, projectId: string): Promise<GlossaryIndex> {
  let indexes = kept.get(application);
  if (!indexes) kept.set(application, (indexes = new Map()));
  const known = indexes.get(projectId);
  // Whoever comes while it is read waits for that, and then looks whether it is new enough.
  const standing = known && (await known.catch(() => undefined));
  const version = await application.stores.concepts.glossaryVersion(projectId);
  if (standing?.version === version) return standing;
  const latest = indexes.get(projectId);
  if (latest !== known && latest) return latest;
  const made = refresh(application, projectId, { version, standing });
  indexes.set(projectId, made);
  return made;
}

async function refresh(
  { stores }: Application,
  projectId: string,
  { version, standing }: { readonly version: number; readonly standing: GlossaryIndex | undefined },
): Promise<GlossaryIndex> {
  const target = (await stores.projects.find(projectId))?.targetLanguage ?? "en";
  const stamps = await stores.concepts.listStamps(projectId);
  const known = new Map(standing?.entries.map((entry) => [entry.id, entry]));
  const stale = [...stamps].filter(([id, stamp]) => known.get(id)?.stamp !== stamp).map(([id]) => id);
  const turns = startTurns();
  const positions = new Map([...stamps.keys()].map((id, at) => [id, at]));
  for (let start = 0; start < stale.length; start += ENTRIES_PER_TURN) {
    for (const concept of await stores.concepts.findMany(stale.slice(start, start + ENTRIES_PER_TURN))) {
      const place = { stamp: stamps.get(concept.id) ?? "", position: positions.get(concept.id) ?? 0, target };
      known.set(concept.id, indexEntry(concept, place));
    }
    await turns.next();
  }
  const entries = [...stamps.keys()].flatMap((id) => known.get(id) ?? []);
  return { version, entries };
}

function indexEntry(
  concept: StoredConcept,
  { stamp, position, target }: { readonly stamp: string; readonly position: number; readonly target: string },
): IndexedEntry {
  const { terms } = concept;
  const head = terms[0]?.text ?? concept.id;
  const isSettled = terms.some(
    ({ language, status }) => mainLanguage(language) === mainLanguage(target) && (status === "approved" || status === "admitted"),
  );
  return {
    id: concept.id,
    stamp,
    position,
    head,
    headKey: toListKey(head),
    keys: terms.map(({ text }) => toListKey(text)),
    chinese: terms.filter(({ language }) => mainLanguage(language) === "zh").map(({ text }) => text),
    statuses: new Set(terms.map(({ status }) => status)),
    kind: concept.kind,
    class: concept.class ?? "",
    domain: concept.domain ?? "",
    sources: [...new Set(terms.flatMap(({ attestations }) => attestations.map(({ source }) => source)))],
    changedAt: concept.changedAt,
    isSettled,
    isParaphrased: concept.paraphrased === true,
    isWaiting: terms.some(({ waitingApproval }) => waitingApproval !== undefined),
  };
}

/** Reads the wordings aloud, those that are not read yet. */
export async function readAloud(index: GlossaryIndex): Promise<void> {
  const turns = startTurns();
  for (const entry of index.entries) {
    if (entry.pinyin) continue;
    entry.pinyin = spell(entry);
    if (turns.isOver()) await turns.next();
  }
}

function spell({ chinese, head }: IndexedEntry): Pinyin {
  const initials: string[] = [];
  const spelled: string[] = [];
  const starts: string[] = [];
  for (const text of chinese) {
    let [first, whole, marks] = ["", "", ""];
    for (const sound of readSounds(text)) {
      first += sound.charAt(0);
      whole += sound;
      marks += `1${"0".repeat(sound.length - 1)}`;
    }
    initials.push(first);
    spelled.push(whole);
    starts.push(marks);
  }
  return { initials, spelled, starts, order: readSounds(head).join(" ") };
}

/** A syllable for each character; letters and digits stand for themselves, punctuation is silent. */
function readSounds(text: string): readonly string[] {
  const syllables = toSyllables(text);
  return [...text].flatMap((sign, at) => {
    const sound = syllables[at] === undefined || syllables[at] === "" ? sign.normalize("NFKC").toLowerCase() : syllables[at];
    return /^[a-z0-9]+$/u.test(sound) ? [sound] : [];
  });
}

/** "lflk" and "lianfang" find 联防联控; one letter only what begins with it. */
export function soundsLike({ pinyin }: IndexedEntry, letters: string): boolean {
  if (!pinyin) return false;
  if (letters.length === 1) return pinyin.initials.some((initials) => initials.startsWith(letters));
  if (pinyin.initials.some((initials) => initials.includes(letters))) return true;
  return pinyin.spelled.some((spelled, which) => {
    for (let at = spelled.indexOf(letters); at >= 0; at = spelled.indexOf(letters, at + 1)) {
      if (pinyin.starts[which]?.charAt(at) === "1") return true;
    }
    return false;
  });
}
