/** Glossary files on the command line, from file to file and into a project. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { READ_FORMATS, WRITE_FORMATS } from "../../src/cli/commands/glossary-files.ts";
import { GLOSSARY_FILE_FORMATS } from "../../src/workflow/glossary-file.ts";
import { GLOSSARY_FORMATS } from "../../src/workflow/glossary-export.ts";
import { runDingyi, sample, starterGlossary } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-glossary-"));
const data = ["--project", "yunxi", "--data", join(folder, "data")];
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

describe("glossary files from file to file", () => {
  it("name in the help what the workflow can do", () => {
    expect(READ_FORMATS).toEqual(GLOSSARY_FILE_FORMATS);
    expect(WRITE_FORMATS.split(", ")).toEqual(GLOSSARY_FORMATS);
  });

  it("name what is lost, write nothing without leave, and tell what stands in notes", async () => {
    const refused = await runDingyi(["glossary", "export", path("x.utx"), "--glossary", starterGlossary]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("--allow-loss")]);
    expect(refused.err).toMatch(/The citations of [\d,]+ terms/);
    expect(() => readFileSync(path("x.utx"))).toThrow();
    const basic = await runDingyi(["glossary", "export", path("x.tbx"), "--glossary", starterGlossary]);
    expect([basic.code, basic.err]).toEqual([0, expect.stringContaining("notes that Dingyi reads back")]);
    const back = await runDingyi(["glossary", "export", "-", "--to", "csv", "--glossary", path("x.tbx")]);
    expect(back.out).toBe(readFileSync(starterGlossary, "utf8"));
  });

  it("end with 3 and the place of the fault", async () => {
    writeFileSync(path("broken.tbx"), '<tbx type="TBX-Min" style="dca">\n<text></tbx>');
    const { code, err } = await runDingyi(["glossary", "export", "-", "--to", "csv", "--glossary", path("broken.tbx")]);
    expect(code).toBe(3);
    expect(err).toMatch(/broken\.tbx:2:\d+: /);
    const wrong = await runDingyi(["glossary", "export", path("x.doc"), "--glossary", starterGlossary]);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("tbx-basic-dct")]);
  });
});

describe("glossary files into a project", () => {
  it("make the project that they are for, but only when the import is accepted", async () => {
    writeFileSync(path("first.csv"), "zh,en\n巡堤,levee patrol\n");
    const place = ["--project", "River Works", "--data", join(folder, "fresh")];
    const shown = await runDingyi(["glossary", "import", path("first.csv"), ...place]);
    expect([shown.code, shown.err]).toEqual([0, expect.stringContaining("1 new")]);
    expect((await runDingyi(["glossary", "list", "--data", join(folder, "fresh")])).err).toContain("none");
    const stored = await runDingyi(["glossary", "import", path("first.csv"), "--yes", ...place]);
    expect([stored.code, stored.err]).toEqual([0, expect.stringContaining("project river-works")]);
    const again = await runDingyi(["glossary", "import", path("first.csv"), ...place]);
    expect(again.err).toContain("1 unchanged");
  });

  it("are read with the columns that a person names, relations and all, and come out again", async () => {
    await runDingyi(["import", sample("rural-roads-notice.zh.txt"), "--yes", ...data]);
    writeFileSync(path("own.csv"), "甲;乙;丙\n防汛;flood control;house\n抗旱;drought relief;house\n");
    const unknown = await runDingyi(["glossary", "import", path("own.csv"), "--encoding", "utf-8", "--map", "甲=-", ...data]);
    expect(unknown.code).toBe(3);
    const map = ["--map", "甲=zh", "--map", "2=en", "--map", "丙=source"];
    const shown = await runDingyi(["glossary", "import", path("own.csv"), ...map, ...data]);
    expect(shown.err).toContain("2 new");
    const csv =
      "concept,language,term,status,source,paraphrased,relations\nr1,zh,救灾,proposed,,yes,broader:r2=wider\nr2,zh,应急,proposed,,,\n";
    writeFileSync(path("relations.csv"), csv);
    const stored = await runDingyi(["glossary", "import", path("relations.csv"), "--yes", ...data]);
    expect([stored.code, stored.err]).toEqual([0, expect.stringContaining("Stored")]);
    const again = await runDingyi(["glossary", "import", path("relations.csv"), "--yes", ...data]);
    expect(again.err).toContain("2 unchanged");
    const out = await runDingyi(["glossary", "export", path("out.tbx"), "--to", "tbx-basic-dct", "--history", ...data]);
    expect(out.code).toBe(0);
    const tbx = readFileSync(path("out.tbx"), "utf8");
    expect(tbx).toContain('<basic:crossReference target="r2">broader: wider</basic:crossReference>');
    expect(tbx).toContain("<basic:transactionType>origination</basic:transactionType>");
  });
});
