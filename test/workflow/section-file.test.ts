import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSectionFile, removeUnfinished, writeSectionFile } from "../../src/workflow/section-file.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-sections-"));
  file = join(folder, "index", "one.index");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const arrays = [
  Int32Array.from({ length: 1000 }, (_, at) => at * -7919),
  new Uint16Array(0),
  Uint16Array.from({ length: 333 }, (_, at) => at),
  Uint8Array.from([1, 2, 3]),
  // More than one piece.
  new Uint32Array(1 << 20).map((_, at) => at * 31),
];
const head = { name: "云溪", counters: [3, 4], none: null };

describe("a file of flat arrays", () => {
  it("gives back what was written, for nobody else to read, in place of what was there", async () => {
    await writeSectionFile(file, { head: {}, arrays: [] });
    expect(await readSectionFile(file)).toEqual({ head: {}, arrays: [] });
    await writeSectionFile(file, { head, arrays });
    expect(await readSectionFile(file)).toEqual({ head, arrays });
    expect(await readdir(join(folder, "index"))).toEqual(["one.index"]);
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("is not read when a byte of it differs, wherever that is", async () => {
    await writeSectionFile(file, { head, arrays });
    const whole = await readFile(file);
    const directory = whole.readUInt32LE(20);
    // Preamble: mark, version, byte order, length, checksums; the first and last byte of arrays; the directory.
    const places = [
      0,
      4,
      8,
      12,
      16,
      20,
      60,
      64,
      64 + 3999,
      4096,
      4096 + 665,
      4800,
      5000,
      2 ** 21 + 4990,
      directory - 1,
      directory,
      whole.length - 1,
    ];
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0x10;
      await writeFile(file, damaged);
      const read = await readSectionFile(file);
      // Bytes between arrays count for nothing.
      if (read) expect({ place, read }).toEqual({ place, read: { head, arrays } });
      else expect(read).toBeUndefined();
    }
    const refused = await Promise.all(
      [0, 4, 8, 12, 20, 60, 64, directory, whole.length - 1].map(async (place) => {
        const damaged = Buffer.from(whole);
        damaged[place] = (damaged[place] ?? 0) ^ 0x10;
        const copy = `${file}.${place}`;
        await writeFile(copy, damaged);
        return readSectionFile(copy);
      }),
    );
    expect(refused.every((read) => read === undefined)).toBe(true);
  });

  it("is not read when it is shorter or longer, empty, a folder, or not there", async () => {
    await writeSectionFile(file, { head, arrays });
    const { size } = await stat(file);
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.from([0])]));
    expect(await readSectionFile(file)).toBeUndefined();
    for (const length of [size - 1, 5000, 64, 63, 1, 0]) {
      await truncate(file, length);
      expect(await readSectionFile(file)).toBeUndefined();
    }
    expect(await readSectionFile(join(folder, "index"))).toBeUndefined();
    expect(await readSectionFile(join(folder, "nowhere", "x"))).toBeUndefined();
  });

  it("leaves the old file when a process ended before the new one was finished, and clears away what it left", async () => {
    await writeSectionFile(file, { head, arrays });
    await writeFile(`${file}.123-0.unfinished`, "half a file");
    await writeFile(join(folder, "index", "two.index.123-0.unfinished"), "of another project");
    await removeUnfinished(file);
    expect((await readdir(join(folder, "index"))).sort()).toEqual(["one.index", "two.index.123-0.unfinished"]);
    expect(await readSectionFile(file)).toEqual({ head, arrays });
    await removeUnfinished(join(folder, "nowhere", "x"));
  });
});
