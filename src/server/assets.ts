/**
 * What the browser loads: one bundle for each file directly in src/browser, chunks they share, the style sheet, and
 * the files of views/public. All are made once when the server starts and kept in memory; the address holds a hash
 * of the content, so that a browser may keep them for ever.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { build } from "esbuild";
import type { Metafile } from "esbuild";
import type { RequestHandler } from "express";

export type Assets = {
  /** The address of `library.js`, `dingyi.css`, `favicon.svg`. Throws when there is no such file. */
  readonly url: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** Addresses of the chunks that a bundle needs: a page names them at once, so that they are not found one by one. */
  readonly chunksOf: (name: string) => readonly string[];
  readonly middleware: RequestHandler;
};

type Asset = { readonly type: string; readonly bytes: Uint8Array };

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};
const FOREVER = "public, max-age=31536000, immutable";

const bundled = new Map<string, Promise<Assets>>();

/** Bundles once per process and root folder: servers that start again in tests share the work. */
export function loadAssets(root: string): Promise<Assets> {
  const known = bundled.get(root);
  if (known) return known;
  const made = bundleAssets(root);
  bundled.set(root, made);
  return made;
}

async function bundleAssets(root: string): Promise<Assets> {
  const sources = join(root, "src", "browser");
  const publicFolder = join(root, "views", "public");
  const entryPoints = readdirSync(sources)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(sources, name));
  const styles = readdirSync(publicFolder)
    .filter((name) => name.endsWith(".css"))
    .map((name) => join(publicFolder, name));
  const result = await build({
    entryPoints: [...entryPoints, ...styles],
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2023",
    minify: true,
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
    absWorkingDir: root,
  });
  const files = new Map<string, Asset>();
  const urls = new Map<string, string>();
  const chunks = new Map<string, readonly string[]>();
  for (const file of result.outputFiles) files.set(basename(file.path), asset(file.path, file.contents));
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (!output.entryPoint) continue;
    const name = basename(output.entryPoint).replace(/[.]ts$/, ".js");
    urls.set(name, `/assets/${basename(path)}`);
    chunks.set(
      name,
      listChunks(path, result.metafile).map((chunk) => `/assets/${basename(chunk)}`),
    );
  }
  for (const name of readdirSync(publicFolder).filter((file) => extname(file) in TYPES && !file.endsWith(".css"))) {
    const bytes = readFileSync(join(publicFolder, name));
    const extension = extname(name);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    const hashed = `${basename(name, extension)}-${hash}${extension}`;
    files.set(hashed, asset(name, bytes));
    urls.set(name, `/assets/${hashed}`);
  }
  return {
    url: (name) => {
      const url = urls.get(name);
      if (!url) throw new Error(`no asset ${name}: is there a file src/browser/${name.replace(/[.]js$/, ".ts")}?`);
      return url;
    },
    has: (name) => urls.has(name),
    chunksOf: (name) => chunks.get(name) ?? [],
    middleware: (request, response, next) => {
      const found = files.get(request.path.slice(1));
      if (!found) return next();
      response.set({ "Content-Type": found.type, "Cache-Control": FOREVER }).send(Buffer.from(found.bytes));
    },
  };
}

/** What a bundle imports when it starts, and what that imports. */
function listChunks(path: string, metafile: Metafile): readonly string[] {
  const found = new Set<string>();
  const add = (from: string) => {
    for (const { path: chunk, kind } of metafile.outputs[from]?.imports ?? []) {
      if (kind !== "import-statement" || found.has(chunk)) continue;
      found.add(chunk);
      add(chunk);
    }
  };
  add(path);
  return [...found];
}

function asset(path: string, bytes: Uint8Array): Asset {
  return { type: TYPES[extname(path)] ?? "application/octet-stream", bytes };
}
