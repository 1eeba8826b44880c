/**
 * Finds the Chromium of the browser tests once for all of them: CHROMIUM_PATH, else the packaged one, else one that is installed.
 * The packaged one is a headless shell, which shows the same pages in half the time of a whole browser. It brings the
 * libraries along that a small system lacks (NSS, Expat), so that nothing need be installed.
 */
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";
import type { TestProject } from "vitest/node";
import { CACHE_FOLDER, MODULES } from "../caches.ts";

/** `libraries` is what LD_LIBRARY_PATH must be; empty when the system has all that is needed. */
type Chromium = { readonly path: string; readonly libraries: string };

declare module "vitest" {
  interface ProvidedContext {
    readonly chromium: Chromium;
  }
}

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
const PACKAGE = join(MODULES, "@sparticuz", "chromium");

export async function setup(project: TestProject): Promise<void> {
  project.provide("chromium", await findChromium());
}

export async function findChromium(): Promise<Chromium> {
  const packaged = await unpackChromium();
  const inFolder = packaged === undefined ? [] : [join(packaged, "chromium")];
  for (const path of [process.env["CHROMIUM_PATH"] ?? "", ...inFolder, ...INSTALLED]) {
    if (path === "" || !existsSync(path)) continue;
    for (const libraries of packaged !== undefined && inFolder.includes(path) ? ["", packaged] : [""]) {
      if (await starts({ path, libraries })) return { path, libraries };
    }
  }
  throw new Error("no Chromium for the browser tests: set CHROMIUM_PATH, or install one");
}

/** A Chromium whose libraries are missing from the system does not even say its version. */
async function starts({ path, libraries }: Chromium): Promise<boolean> {
  const env = libraries === "" ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
  return promisify(execFile)(path, ["--version"], { env }).then(
    () => true,
    () => false,
  );
}

/** The folder of the packaged Chromium and its libraries, unpacked on first use; none where there is no package for this machine. */
async function unpackChromium(): Promise<string | undefined> {
  const packed = join(PACKAGE, "bin", "chromium.br");
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(packed)) return undefined;
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8")) as { readonly version: string };
  const folder = join(CACHE_FOLDER, `chromium-shell-${version}`);
  if (existsSync(folder)) return folder;
  // Renamed when it is whole: a run that is broken off leaves no half of a browser.
  const unfinished = `${folder}.${String(process.pid)}`;
  await mkdir(unfinished, { recursive: true });
  await unpack(packed, createWriteStream(join(unfinished, "chromium"), { mode: 0o700 }));
  // The libraries lie in a folder of their own; here they lie beside the browser.
  const libraries = extract(unfinished, { chown: false, map: (header) => ({ ...header, name: basename(header.name) }) });
  await unpack(join(PACKAGE, "bin", "al2023.tar.br"), libraries);
  // Another run may have been quicker; its browser is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

function unpack(packed: string, output: NodeJS.WritableStream): Promise<void> {
  return pipeline(createReadStream(packed), createBrotliDecompress({ chunkSize: 2 ** 21 }), output);
}
