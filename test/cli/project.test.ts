import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runDingyi, sample, starterGlossary } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-cli-data-"));
const data = join(folder, "data");

afterAll(() => rmSync(folder, { recursive: true }));

describe("a project from the command line", () => {
  it("prints what an import would do and stores nothing without --yes", async () => {
    const { code, out, err } = await runDingyi([
      "import",
      sample("rural-roads-notice.zh.txt"),
      "--project",
      "roads",
      "--data",
      data,
    ]);
    expect(code).toBe(0);
    expect(out).toContain("rural-roads-notice.zh.txt");
    expect(out).toMatch(/2024-\d\d-\d\d/);
    expect(err).toContain("Nothing is stored");
    const nothing = await runDingyi(["export", "-", "--project", "roads", "--to", "xliff12", "--data", data]);
    expect(nothing.out).not.toContain("<trans-unit");
  });

  it("imports, takes a glossary, exports and explains a rendering", async () => {
    expect(
      (await runDingyi(["import", sample("rural-roads-notice.zh.txt"), "--project", "roads", "--yes", "--data", data])).code,
    ).toBe(0);
    const glossary = await runDingyi(["glossary", "import", starterGlossary, "--project", "roads", "--yes", "--data", data]);
    expect(glossary.err).toContain("Stored");
    expect((await runDingyi(["glossary", "list", "汛", "--project", "roads", "--data", data])).out).toContain("汛");
    const xliff = join(folder, "roads.xlf");
    expect((await runDingyi(["export", xliff, "--project", "roads", "--to", "xliff12", "--data", data])).code).toBe(0);
    expect(readFileSync(xliff, "utf8")).toContain("<trans-unit");
    const csv = join(folder, "roads.csv");
    expect((await runDingyi(["glossary", "export", csv, "--project", "roads", "--data", data])).code).toBe(0);
    const listed = (await runDingyi(["glossary", "list", "--project", "roads", "--data", data])).out.split("\n")[0] ?? "";
    const word = listed.split(" (")[0] ?? "";
    const why = await runDingyi(["glossary", "why", word, "--project", "roads", "--data", data]);
    expect(why.out).toContain("Decision trail");
  }, 90_000);

  it("imports the rest of a batch when one file cannot be read", async () => {
    const { code, out, err } = await runDingyi(["import", starterGlossary.replace("starter.csv", "missing.txt"), "--data", data]);
    expect(code).toBe(3);
    expect(out).toBe("");
    expect(err).toContain("missing.txt");
  });

  it("backs the store up, and overwrites nothing", async () => {
    const copy = join(folder, "copy.sqlite");
    expect((await runDingyi(["backup", copy, "--data", data])).code).toBe(0);
    expect(existsSync(copy)).toBe(true);
    expect((await runDingyi(["backup", copy, "--data", data])).code).toBe(2);
  });
});

describe("serve", () => {
  it("prints its address, answers there, and ends on SIGTERM", async () => {
    const launcher = fileURLToPath(new URL("../../bin/dingyi.mjs", import.meta.url));
    const child = spawn(process.execPath, [launcher, "serve", "--port", "0", "--data", join(folder, "served")], {
      env: { ...process.env, LC_ALL: "en_US.UTF-8" },
    });
    const address = await new Promise<string>((resolve, reject) => {
      let out = "";
      child.stdout.on("data", (piece: Buffer) => {
        out += piece.toString();
        const found = /http:\/\/\S+/.exec(out)?.[0];
        if (found) resolve(found);
      });
      child.on("close", (code) => reject(new Error(`ended with ${code}: ${out}`)));
    });
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(response.url).toContain("/p/sample/");
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  }, 90_000);

  it("refuses a folder that another server has open, and says so", async () => {
    const held = join(folder, "held");
    const first = spawn(
      process.execPath,
      [fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url)), "serve", "--port", "0", "--data", held],
      {
        env: { ...process.env, LC_ALL: "en_US.UTF-8" },
      },
    );
    await new Promise<void>((resolve) => first.stdout.once("data", () => resolve()));
    const second = await runDingyi(["serve", "--port", "0", "--data", held]);
    expect(second.code).toBe(3);
    expect(second.err).toContain("in use");
    first.kill("SIGTERM");
    await new Promise((resolve) => first.on("close", resolve));
  }, 90_000);
});
