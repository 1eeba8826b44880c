#!/usr/bin/env node
/**
 * Runs scripts of package.json side by side, as many as there are processors, and prints what each says when it ends.
 *
 *   node bin/together.mjs SCRIPT…
 *
 * All are run to their end, so that one run shows everything that is wrong; ends with 1 when one of them failed.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const waiting = process.argv.slice(2);
let hasFailed = false;

function run(script) {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", script], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
      shell: process.platform === "win32",
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => said.push(piece));
    const end = (code) => {
      process.stdout.write(`${script}: ${code === 0 ? "fine" : "failed"}\n`);
      for (const piece of said) process.stdout.write(piece);
      if (code !== 0) hasFailed = true;
      resolve();
    };
    child.on("error", (error) => {
      said.push(`${error.message}\n`);
      end(1);
    });
    child.on("close", end);
  });
}

async function runNext() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) await run(script);
}

await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, runNext));
process.exitCode = hasFailed ? 1 : 0;
