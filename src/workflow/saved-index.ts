/**
 * The index of a project, saved in the data folder beside the store and opened again at the next start.
 *
 * A saved index says which store, project, folding and counters it is of. It is taken up when all that fits; then it
 * follows the store from its counters on, and last it is compared with the store: the number of units of each memory, and
 * a sample of units by their texts, because a store may have been put back to an older state and gone on from there.
 * Failure policy: a file that is missing, damaged or of another store, version or folding is passed over and the units
 * are read from the store; a file that cannot be written is not written. Nobody is told: the answers are the same.
 * Cost: reading the file (section-file.ts); comparing, a few dozen look-ups.
 */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { restoreImage, takeImage } from "../memory/index-image.ts";
import type { IndexHead } from "../memory/index-image.ts";
import { STORE_FILE } from "./application.ts";
import type { Application } from "./application.ts";
import { NumberList } from "./number-list.ts";
import { createSlot, followStore, holdUnit, listMemories, readProject, tokensOfProject, unitIdAt } from "./project-index.ts";
import type { MemorySlot, ProjectIndex } from "./project-index.ts";
import { readSectionFile, removeUnfinished, writeSectionFile } from "./section-file.ts";
import { startTurns, takeTurns } from "./take-turns.ts";

const FOLDER = "memory-index";
const NAME_LENGTH = 32;
/** Units whose texts are compared with the store’s. */
const SAMPLE = 48;
/** Tries to find the store at rest while its units are counted. */
const TRIES = 3;
/** Units looked at between two stops. */
const STEP = 4096;

type Head = {
  readonly projectId: string;
  /** The file of the store: a copy that was put in its place is another file. */
  readonly store: string;
  /** NFKC and character classes come from the Unicode tables of the runtime. */
  readonly unicode: string;
  readonly version: number;
  readonly lastRevision: number;
  readonly slots: readonly (Pick<MemorySlot, "memoryId" | "lastPosition"> | null)[];
  readonly index: IndexHead;
};

/** Texts of a project may be confidential: the file is in the data folder, which nobody else may read. */
function fileOf({ dataFolder }: Application, projectId: string): string {
  // Ids of projects come from names that people give: not every one is the name of a file.
  const name = createHash("sha256").update(projectId).digest("hex").slice(0, NAME_LENGTH);
  return join(dataFolder, FOLDER, `${name}.index`);
}

async function describeStore({ dataFolder }: Application): Promise<string> {
  const { ino, birthtimeMs } = await stat(join(dataFolder, STORE_FILE));
  return `${ino} ${birthtimeMs}`;
}

/** Saves the index as it is at this moment. */
export async function saveProjectIndex(application: Application, projectId: string, state: ProjectIndex): Promise<void> {
  const { head, arrays } = takeImage(state.index);
  const { version, lastRevision } = state;
  const slots = state.slots.map((slot) => (slot ? { memoryId: slot.memoryId, lastPosition: slot.lastPosition } : null));
  const places = state.places.toArray();
  state.unsaved = 0;
  try {
    const unicode = process.versions["unicode"] ?? "";
    const store = await describeStore(application);
    const whole: Head = { projectId, store, unicode, version, lastRevision, slots, index: head };
    await writeSectionFile(fileOf(application, projectId), { head: whole, arrays: [places, ...arrays] });
  } catch {
    // A full disk, a folder that cannot be written to: the next start reads the units from the store.
  }
}

/** The saved index as it was saved; undefined when there is none that fits. */
async function readSaved(application: Application, projectId: string): Promise<ProjectIndex | undefined> {
  const file = fileOf(application, projectId);
  await removeUnfinished(file);
  const found = await readSectionFile(file);
  if (!found) return undefined;
  // The checksums say that this is what was written, and the version that it was written by this code.
  const head = found.head as Head;
  const [places, ...arrays] = found.arrays;
  const isOurs = head.projectId === projectId && head.store === (await describeStore(application));
  if (!isOurs || head.unicode !== process.versions["unicode"] || !(places instanceof Int32Array)) return undefined;
  if (head.index.tokens !== (await tokensOfProject(application, projectId))) return undefined;
  const index = await takeTurns(restoreImage({ head: head.index, arrays }));
  if (!index) return undefined;
  const slots = head.slots.map((slot) => (slot ? { ...createSlot(slot.memoryId), lastPosition: slot.lastPosition } : undefined));
  const { version, lastRevision } = head;
  const memories = await listMemories(application, projectId);
  const state = {
    version,
    lastRevision,
    memories,
    slots,
    places: new NumberList(places),
    index,
    unsaved: 0,
    isCompacting: false,
  };
  const turns = startTurns();
  for (let position = 0; position < places.length; position++) {
    const slot = slots[index.groupOf(position)];
    if (slot) holdUnit(state, slot, { position, place: places[position] as number });
    if (position % STEP === 0 && turns.isOver()) await turns.next();
  }
  return state;
}

/** Has the index the units that the store has? */
async function isLikeStore(application: Application, projectId: string, state: ProjectIndex): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const memories = await application.stores.memories.list(projectId);
    // While somebody writes, the numbers are of different moments.
    if ((await application.stores.memories.memoryVersion(projectId)) !== state.version) {
      await followStore(application, projectId, state);
      continue;
    }
    const counts = new Map<string, number>();
    for (const slot of state.slots) if (slot) counts.set(slot.memoryId, await takeTurns(countHeld(state, slot)));
    if (memories.some((memory) => memory.unitCount !== (counts.get(memory.id) ?? 0))) return false;
    break;
  }
  return isSampleEqual(application, state);
}

function* countHeld({ index }: ProjectIndex, { held, late }: MemorySlot): Generator<void, number> {
  let count = 0;
  for (let at = 0; at < held.length; at++) {
    if (index.has(held.at(at) ?? -1)) count++;
    if (at % STEP === 0) yield;
  }
  for (const position of late.values()) if (index.has(position)) count++;
  return count;
}

/** Units spread over the index, the newest among them. */
async function isSampleEqual({ stores }: Application, state: ProjectIndex): Promise<boolean> {
  const { index, places } = state;
  const positions = new Map<string, number>();
  for (let number = 1; number <= SAMPLE; number++) {
    const position = Math.floor((places.length * number) / SAMPLE) - 1;
    if (index.has(position)) positions.set(unitIdAt(state, position).unitId, position);
  }
  const units = await stores.memories.findUnits([...positions.keys()]);
  for (const [unitId, position] of positions) {
    const unit = units.get(unitId);
    // Removed or changed at this moment: seldom, and reading anew is right too.
    if (!unit || !index.holds(position, unit.source)) return false;
  }
  return true;
}

/** The index of a project, saved or made anew, as the store was a moment ago. */
export async function openProjectIndex(application: Application, projectId: string): Promise<ProjectIndex> {
  const saved = await readSaved(application, projectId);
  if (saved && saved.version <= (await application.stores.memories.memoryVersion(projectId))) {
    await followStore(application, projectId, saved);
    if (await isLikeStore(application, projectId, saved)) return saved;
  }
  return readProject(application, projectId);
}
