import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CACHES } from "../caches.ts";

export const mainFile = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export const sample = (name: string): string => fileURLToPath(new URL(`../../tm/sample/${name}`, import.meta.url));
export const starterGlossary: string = fileURLToPath(new URL("../../glossary/starter.csv", import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the real command in a process of its own, in English unless said otherwise. */
export function runDingyi(
  args: readonly string[],
  { input = "", environment = {} }: { readonly input?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", mainFile, ...args], {
      env: { ...process.env, LC_ALL: "en_US.UTF-8", XDG_CACHE_HOME: CACHES, ...environment },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => out.push(piece));
    child.stderr.on("data", (piece: Buffer) => err.push(piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
