/**
 * A process with nothing in it but an index: how much memory that takes. Started by the memory bench:
 *
 *   build SET FILE    reads the sentences one by one, builds the index, asks it a few hundred times, saves it
 *   open FILE         opens the saved index and asks it
 *   store SET FOLDER  makes a data folder with the units in it
 *   read FOLDER       opens that folder as the server does, reads the units into an index and asks it
 *
 * Prints one line of JSON.
 */
import { existsSync, readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { restoreImage, takeImage } from "../src/memory/index-image.ts";
import type { IndexHead } from "../src/memory/index-image.ts";
import { createMemoryIndex, startMemoryIndex } from "../src/memory/memory-index.ts";
import type { MemoryIndex } from "../src/memory/memory-index.ts";
import type { NewUnit } from "../src/storage/memory-store.ts";
import { openApplication } from "../src/workflow/application.ts";
import type { Application } from "../src/workflow/application.ts";
import { readProject } from "../src/workflow/project-index.ts";
import { readSectionFile, writeSectionFile } from "../src/workflow/section-file.ts";
import { takeTurns } from "../src/workflow/take-turns.ts";
import { isHeldOut, readSentences } from "./memory-sets.ts";
import type { SetName } from "./memory-sets.ts";

export type ProcessFigures = {
  readonly units: number;
  /** Processor time of all threads, milliseconds: reading and folding sentences; building; saving or opening. */
  readonly read: number;
  readonly build: number;
  readonly save: number;
  readonly open: number;
  /** Wall time of saving or opening, and the longest that the event loop was held meanwhile. */
  readonly wall: number;
  readonly pause: number;
  readonly indexMegabytes: number;
  /** The most that the process has had, and what it has at the end. */
  readonly mostMegabytes: number;
  readonly megabytes: number;
};

const QUERY = "各地要切实加强防汛抗旱工作，确保人民群众生命财产安全。";
const [task = "", ...words] = process.argv.slice(2);

function readClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function ask(index: MemoryIndex): void {
  for (let times = 0; times < 300; times++) index.search(QUERY.slice(times % 9), { threshold: 70, limit: 5 });
}

async function build(name: SetName, file: string): Promise<{ index: MemoryIndex; read: number; build: number; save: number }> {
  const builder = startMemoryIndex({ tokens: name === "english" ? "words" : "characters" });
  const start = readClock();
  let at = 0;
  for await (const sentence of readSentences(name)) if (!isHeldOut(at++)) builder.add(sentence);
  const gathered = readClock();
  const index = await takeTurns(builder.finish());
  const built = readClock();
  ask(index);
  const asked = readClock();
  await writeSectionFile(file, takeImage(index));
  return { index, read: gathered - start, build: built - gathered, save: readClock() - asked };
}

async function openSaved(file: string): Promise<MemoryIndex> {
  const found = await readSectionFile(file);
  const index = found && (await takeTurns(restoreImage({ head: found.head as IndexHead, arrays: found.arrays })));
  if (!index) throw new Error("The saved index was not read.");
  return index;
}

const PROJECT = { id: "bench", name: "bench", sourceLanguage: "zh", targetLanguage: "en", createdAt: "2026-03-01T08:00:00.000Z" };

async function openFolder(folder: string): Promise<Application> {
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  return outcome.application;
}

async function makeStore(name: SetName, folder: string): Promise<void> {
  const { stores, close } = await openFolder(folder);
  await stores.projects.create(PROJECT);
  const place = { projectId: PROJECT.id, name: "memory", priority: 1, penalty: 0, readOnly: false, createdAt: PROJECT.createdAt };
  const memory = await stores.memories.create(place);
  const english: string[] = [];
  for await (const sentence of readSentences("english")) english.push(sentence);
  const units: NewUnit[] = [];
  let at = 0;
  for await (const source of readSentences(name)) {
    if (isHeldOut(at++)) continue;
    const target = english[at % english.length] ?? "";
    units.push({ originKey: String(at), source, target, sourceLanguage: "zh", targetLanguage: "en", state: "reviewed" });
  }
  await stores.memories.saveUnits({ memoryId: memory.id, units, author: "bench", at: PROJECT.createdAt });
  await close();
}

/** The index of a data folder, read from its store. */
async function readStore(folder: string): Promise<MemoryIndex> {
  const application = await openFolder(folder);
  const { index } = await readProject(application, PROJECT.id);
  return index;
}

const times = { read: 0, build: 0, save: 0, open: 0 };
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let wall = performance.now();
let index: MemoryIndex;
if (task === "build") {
  const built = await build(words[0] as SetName, words[1] ?? "");
  ({ index } = built);
  Object.assign(times, { read: built.read, build: built.build, save: built.save });
  wall = performance.now() - wall;
} else if (task === "store") {
  await makeStore(words[0] as SetName, words[1] ?? "");
  index = createMemoryIndex([]);
} else {
  const start = readClock();
  index = await (task === "read" ? readStore : openSaved)(words[0] ?? "");
  times.open = readClock() - start;
  wall = performance.now() - wall;
  ask(index);
}
delay.disable();
/** Of this process alone; getrusage begins with what the process had that started this one. */
function readMost(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024;
}

const figures: ProcessFigures = {
  units: index.size,
  ...times,
  wall,
  pause: delay.max / 1e6,
  indexMegabytes: index.byteLength / 2 ** 20,
  mostMegabytes: readMost(),
  megabytes: process.memoryUsage.rss() / 2 ** 20,
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
