#!/usr/bin/env node
/**
 * Runs a program under Node 24 or later: this very Node when it is new enough, else the binary that
 * `npm ci` installed as an optional dependency. Plain JavaScript that any Node since 18 can read.
 *
 *   node bin/node24.mjs SCRIPT [ARGUMENT…]
 *
 * Signals are passed on and the exit code is that of the program. PATH is set so that children find the same Node.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const OLDEST_MAJOR = 24;
export const here = dirname(fileURLToPath(import.meta.url));

/** Path of a Node that is new enough, or undefined. */
export function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST_MAJOR) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve(`node-${platform}-${process.arch}/package.json`));
    const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** Runs `node ...args` and ends this process as that one ended. */
export function runUnderNode(args) {
  const node = findNode();
  if (!node) {
    console.error(
      `Dingyi needs Node ${OLDEST_MAJOR} or later; this is ${process.version} and no packaged Node was found.\n` +
        "Run `npm ci` (without --omit=optional), or install Node 24 from https://nodejs.org/.",
    );
    process.exit(2);
  }
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`;
  // Code that was read once is kept ready: the next start is quicker. A folder that cannot be written is no error.
  const cache = process.env.NODE_COMPILE_CACHE ?? join(here, "..", "node_modules", ".cache", "node");
  const child = spawn(node, args, { stdio: "inherit", env: { ...process.env, PATH: path, NODE_COMPILE_CACHE: cache } });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Could not start ${node}: ${error.message}`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exit(code ?? 1);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) runUnderNode(process.argv.slice(2));
