/**
 * Term recognition: 100,000 terms of the THUOCL lists in running text, beside a trie of JavaScript Maps that tries every
 * place of the text. Peers on another machine: a Map trie 3.3 million characters/s, npm's Aho–Corasick packages 0.3 to 0.9.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Term } from "../src/model/concept.ts";
import { findRenderings } from "../src/terminology/find-renderings.ts";
import { createTermAutomaton } from "../src/terminology/term-automaton.ts";
import { matchKey } from "../src/text/match-key.ts";
import { createRandom } from "./random.ts";

const TERMS = join("..", "shared", "corpus", "thuocl");
const TEXTS = join("..", "shared", "corpus", "jiyu-tm", "tm-100k.zh-en.tsv.gz");

function readTerms(): string[] {
  const random = createRandom(3);
  const invented = () =>
    Array.from({ length: 100_000 }, () =>
      String.fromCharCode(...Array.from({ length: 2 + random(5) }, () => 0x4e00 + random(3000))),
    );
  if (!existsSync(TERMS)) return invented();
  const files = readdirSync(TERMS).filter((name) => name.endsWith(".txt"));
  const words = files.flatMap((name) => readFileSync(join(TERMS, name), "utf8").split(/\r\n?|\n/));
  return [...new Set(words.map((line) => matchKey(line.split("\t")[0] ?? "")))].filter((word) => word !== "");
}

function readTexts(): { readonly zh: string[]; readonly en: string[] } {
  if (!existsSync(TEXTS)) {
    const random = createRandom(4);
    const zh = Array.from({ length: 60_000 }, () =>
      String.fromCharCode(...Array.from({ length: 25 }, () => 0x4e00 + random(3000))),
    );
    return { zh, en: [] };
  }
  const pairs = gunzipSync(readFileSync(TEXTS)).toString("utf8").split("\n");
  return { zh: pairs.map((line) => line.split("\t")[0] ?? ""), en: pairs.map((line) => line.split("\t")[1] ?? "") };
}

type Node = { readonly next: Map<string, Node>; isTerm: boolean };

/** The slow twin: at every place, as deep as the trie goes. */
function createMapTrie(terms: readonly string[]): (text: string) => number {
  const root: Node = { next: new Map(), isTerm: false };
  for (const term of terms) {
    let node = root;
    for (const character of matchKey(term)) {
      let child = node.next.get(character);
      if (!child) node.next.set(character, (child = { next: new Map(), isTerm: false }));
      node = child;
    }
    node.isTerm = true;
  }
  return (text) => {
    let hits = 0;
    const key = matchKey(text);
    for (let start = 0; start < key.length; start++) {
      let node: Node | undefined = root;
      for (let at = start; at < key.length && node; at++) {
        node = node.next.get(key.charAt(at));
        if (node?.isTerm) hits++;
      }
    }
    return hits;
  };
}

/** Seconds of this thread's own processor time: other work on the machine does not count. */
function time<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const before = process.threadCpuUsage();
  const value = work();
  const { user, system } = process.threadCpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}

const RUNS = 7;

/** The median of several runs, after one that warms up. */
function timeOften<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  work();
  const runs = Array.from({ length: RUNS }, () => time(work)).sort((one, other) => one.seconds - other.seconds);
  return runs[RUNS >> 1] ?? time(work);
}

function makeTerm(text: string, language: string): Term {
  return { id: text, language, text, status: "approved", termType: "fullForm", matching: "inflecting", attestations: [] };
}

export function benchTerminology(print: (line: string) => void): Promise<void> {
  if (!existsSync(TERMS) || !existsSync(TEXTS)) print(`no ${TERMS} or ${TEXTS}: random terms and texts instead`);
  const terms = readTerms();
  const { zh, en } = readTexts();
  const characters = zh.reduce((sum, text) => sum + text.length, 0);
  const entries = terms.map((text) => ({ term: makeTerm(text, "zh"), conceptId: text }));
  const built = time(() => createTermAutomaton(entries));
  const automaton = built.value;
  const count = () => zh.reduce((sum, text) => sum + automaton.recognizeTerms(text).length, 0);
  const ours = timeOften(count);
  const trie = time(() => createMapTrie(terms));
  const countSlowly = () => zh.reduce((sum, text) => sum + trie.value(text), 0);
  const theirs = timeOften(countSlowly);
  const rate = (seconds: number) => `${(characters / seconds / 1e6).toFixed(1)} million characters/s`;
  print(
    `${automaton.size} terms: built in ${built.seconds.toFixed(2)} s, ${(automaton.byteLength / 2 ** 20).toFixed(1)} MB; ` +
      `${rate(ours.seconds)} (median of ${RUNS} runs) over ${characters} characters in ${zh.length} segments, ${ours.value} hits`,
  );
  print(`Map trie: built in ${trie.seconds.toFixed(2)} s; ${rate(theirs.seconds)}, ${theirs.value} hits`);
  if (en.length > 0) {
    const term = makeTerm("economic and social development", "en");
    const english = time(() => en.reduce((sum, text) => sum + findRenderings(text, term).length, 0));
    const length = en.reduce((sum, text) => sum + text.length, 0);
    print(
      `one English rendering in ${en.length} targets: ${(length / english.seconds / 1e6).toFixed(1)} million characters/s, ${english.value} found`,
    );
  }
  return Promise.resolve();
}
