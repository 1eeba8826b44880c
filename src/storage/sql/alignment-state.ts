/**
 * The groups of an alignment as they are stored: one JSON text with a line for each group.
 *
 * An alignment may have ten thousand groups with their anchors: reading or writing that JSON in one go would hold the
 * event loop for a tenth of a second at every edit. The lines are read some at a time; a group that was read or written
 * before keeps its line, so that a step writes anew only the groups it changed; and the last few states stay at hand.
 * Texts without line breaks, as earlier versions wrote them, are read as well.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AlignmentGroup } from "../../model/alignment.ts";
import type { Schema } from "../schema.ts";
import { parseJson } from "./rows.ts";

/** A group is a few hundred characters; as many take about 5 ms. */
const GROUPS_PER_TURN = 500;
/** States at hand: some for the people who edit, not all that were ever opened. */
const KEPT_STATES = 6;

const START = "[\n";
const BETWEEN = ",\n";
const END = "\n]";
const STATE_START = '{"groups":';
const STATE_END = "}";

const lineOf = new WeakMap<AlignmentGroup, string>();

/** A JSON list, a line for each group. */
export async function writeGroups(groups: readonly AlignmentGroup[]): Promise<string> {
  const lines: string[] = [];
  let fresh = 0;
  for (const group of groups) {
    let line = lineOf.get(group);
    if (line === undefined) {
      line = JSON.stringify(group);
      lineOf.set(group, line);
      if (++fresh % GROUPS_PER_TURN === 0) await nextTurn();
    }
    lines.push(line);
  }
  return START + lines.join(BETWEEN) + END;
}

export async function readGroups(text: string): Promise<readonly AlignmentGroup[]> {
  if (!text.startsWith(START)) return parseJson<readonly AlignmentGroup[]>(text);
  const groups: AlignmentGroup[] = [];
  const end = text.length - END.length;
  for (let start = START.length; start < end;) {
    // Inside of a JSON string a line break is written \n: this one is ours.
    const next = text.indexOf(BETWEEN, start);
    const line = text.slice(start, next < 0 ? end : next);
    const group = parseJson<AlignmentGroup>(line);
    lineOf.set(group, line);
    groups.push(group);
    if (groups.length % GROUPS_PER_TURN === 0) await nextTurn();
    start = next < 0 ? end : next + BETWEEN.length;
  }
  return groups;
}

export async function writeState(groups: readonly AlignmentGroup[]): Promise<string> {
  return STATE_START + (await writeGroups(groups)) + STATE_END;
}

function readState(text: string): Promise<readonly AlignmentGroup[]> {
  return readGroups(text.slice(STATE_START.length, -STATE_END.length));
}

/**
 * The last few states by alignment and revision. Only what is committed may be remembered: a revision that was rolled
 * back is given again to another state.
 */
export class RecentStates {
  readonly #kept = new Map<string, { readonly revision: number; readonly groups: readonly AlignmentGroup[] }>();

  async read({
    id,
    revision,
    state,
  }: Pick<Schema["alignment"], "id" | "revision" | "state">): Promise<readonly AlignmentGroup[]> {
    const kept = this.#kept.get(id);
    return kept?.revision === revision ? kept.groups : readState(state);
  }

  remember({
    id,
    revision,
    groups,
  }: {
    readonly id: string;
    readonly revision: number;
    readonly groups: readonly AlignmentGroup[];
  }): void {
    const kept = this.#kept.get(id);
    // Reading takes turns, so an older state may come in late.
    if (kept && kept.revision > revision) return;
    this.#kept.delete(id);
    this.#kept.set(id, { revision, groups });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_STATES && oldest !== undefined) this.#kept.delete(oldest);
  }
}
