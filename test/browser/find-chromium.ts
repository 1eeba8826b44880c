/**
 * Finds the Chromium of the browser tests once for all of them: CHROMIUM_PATH, else the packaged one, else one that is installed.
 * The packaged one is a headless shell, which shows the same pages in half the time of a whole browser.
 */
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import type { TestProject } from "vitest/node";
import { CACHE_FOLDER, MODULES } from "../caches.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly chromiumPath: string;
  }
}

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
const PACKAGE = join(MODULES, "@sparticuz", "chromium");

export async function setup(project: TestProject): Promise<void> {
  project.provide("chromiumPath", await findChromium());
}

async function findChromium(): Promise<string> {
  for (const path of [process.env["CHROMIUM_PATH"] ?? "", await unpackChromium(), ...INSTALLED]) {
    if (path !== "" && existsSync(path) && (await starts(path))) return path;
  }
  throw new Error("no Chromium for the browser tests: set CHROMIUM_PATH, or install one");
}

/** The packaged Chromium, unpacked beside other things that can be made again; the name holds its version. Empty when there is none. */
async function unpackChromium(): Promise<string> {
  const packed = join(PACKAGE, "bin", "chromium.br");
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(packed)) return "";
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8")) as { readonly version: string };
  const path = join(CACHE_FOLDER, `chromium-${version}`);
  if (existsSync(path)) return path;
  await mkdir(CACHE_FOLDER, { recursive: true });
  // Renamed when it is whole: a run that is broken off leaves no half of a browser.
  const unfinished = `${path}.${String(process.pid)}`;
  await pipeline(
    createReadStream(packed),
    createBrotliDecompress({ chunkSize: 2 ** 21 }),
    createWriteStream(unfinished, { mode: 0o700 }),
  );
  await rename(unfinished, path);
  return path;
}

/** A Chromium whose libraries are missing from the system does not even say its version. */
async function starts(path: string): Promise<boolean> {
  return promisify(execFile)(path, ["--version"]).then(
    () => true,
    () => false,
  );
}
