import { crc32, deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const NOTICE = `关于做好云溪省防汛工作的通知

各市县人民政府：
当前正值主汛期，各地要坚持人民至上、生命至上，落实防汛责任制，确保安全度汛。
一、压实责任。各级负责人要靠前指挥，做到早预警、早转移、早处置。
点击观看视频
二、加强值守。要严格执行二十四小时值班制度，及时报送险情灾情。

云溪省人民政府办公厅
2024年6月17日
`;

type Shown = {
  readonly state: string;
  readonly files: readonly {
    readonly name: string;
    readonly encoding: string;
    readonly importedBefore?: string;
    readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
    readonly exclusions: readonly { readonly paragraph: number; readonly reason: string }[];
    readonly choice: Choice;
  }[];
};
type Choice = {
  readonly documents: readonly {
    readonly accepted: boolean;
    readonly first: number;
    readonly end: number;
    readonly title: string;
  }[];
  readonly rejectedJoins: readonly number[];
  readonly rejectedExclusions: readonly number[];
};

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/p/${server.projectId}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  for (const { id } of await server.application.stores.documents.list({ projectId: server.projectId })) {
    await server.application.stores.documents.remove(id, { author: "test", at: "2026-01-01T00:00:00.000Z" });
  }
});

async function upload(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
): Promise<{ readonly preview: string; readonly job: string }> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append("files", new Blob([content]), name);
  const response = await server.send(`${base}/imports`, { method: "POST", body: form });
  expect(response.status).toBe(201);
  return (await response.json()) as { preview: string; job: string };
}

async function preview(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
): Promise<{ readonly id: string; readonly shown: Shown }> {
  const { preview: id, job } = await upload(files);
  await server.application.jobs.waitFor(job);
  return { id, shown: (await (await server.send(`${base}/imports/${id}`)).json()) as Shown };
}

function documents() {
  return server.application.stores.documents.list({ projectId: server.projectId });
}

describe("importing", () => {
  it("stores nothing before it is accepted, and everything after", async () => {
    const { id, shown } = await preview({ "通知.txt": NOTICE });
    expect(shown.state).toBe("ready");
    expect(shown.files[0]).toMatchObject({ name: "通知.txt", encoding: "utf-8" });
    expect(await documents()).toEqual([]);

    const accepted = await server.postJson(`${base}/imports/${id}/accept`, { choices: shown.files.map(({ choice }) => choice) });
    expect(accepted.status).toBe(200);
    const [document] = await documents();
    expect(document).toMatchObject({ title: "关于做好云溪省防汛工作的通知", date: "2024-06-17", language: "zh", side: "source" });
    const text = await server.application.stores.documents.find(document?.id ?? "");
    expect(text?.paragraphs.find(({ exclusion }) => exclusion === "video-prompt")?.text).toBe("点击观看视频");
    const segments = await server.application.stores.segments.list({ documentId: document?.id ?? "" });
    expect(segments.map(({ source }) => source)).toContain("一、压实责任。");
    expect((await server.send(`${base}/imports/${id}`)).status).toBe(404);
  });

  it("gives the received bytes back as they came, under their name", async () => {
    const bytes = new TextEncoder().encode(`\uFEFF${NOTICE}`);
    const { id, shown } = await preview({ "通知 “一”.txt": bytes });
    await server.postJson(`${base}/imports/${id}/accept`, { choices: shown.files.map(({ choice }) => choice) });
    const [document] = await documents();
    const original = await server.send(`/p/${server.projectId}/documents/${document?.id ?? ""}/original`);
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(bytes);
    expect(original.headers.get("Content-Disposition")).toContain(encodeURIComponent("通知 “一”.txt"));
    expect(original.headers.get("Content-Type")).toBe("application/octet-stream");
  });

  it("keeps what the person changes, through a reload, and stores it that way", async () => {
    const { id, shown } = await preview({ "a.txt": NOTICE });
    const choice = shown.files[0]?.choice;
    const changed = shown.files.map((file) => ({
      ...file.choice,
      documents: file.choice.documents.map((document) => ({
        ...document,
        title: "防汛通知",
        date: "2024-06-18",
        side: "target",
      })),
      rejectedExclusions: file.exclusions.map(({ paragraph }) => paragraph),
    }));
    const put = await server.send(`${base}/imports/${id}/choices`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(changed),
    });
    expect(put.status).toBe(204);
    const again = (await (await server.send(`${base}/imports/${id}`)).json()) as Shown;
    expect(again.files[0]?.choice.documents[0]?.title).toBe("防汛通知");
    expect(choice?.documents[0]?.title).not.toBe("防汛通知");
    await server.postJson(`${base}/imports/${id}/accept`, { choices: again.files.map((file) => file.choice) });
    const [document] = await documents();
    expect(document).toMatchObject({ title: "防汛通知", date: "2024-06-18", side: "target" });
    const text = await server.application.stores.documents.find(document?.id ?? "");
    expect(text?.paragraphs.filter(({ exclusion }) => exclusion)).toEqual([]);
  });

  it("splits where the person says", async () => {
    const { id, shown } = await preview({ "a.txt": NOTICE });
    const choices = shown.files.map(({ choice }) => {
      const [document] = choice.documents;
      if (!document) return choice;
      const parts = [
        { ...document, end: 3 },
        { ...document, first: 3, title: "第二篇" },
      ];
      return { ...choice, documents: parts };
    });
    await server.postJson(`${base}/imports/${id}/accept`, { choices });
    expect((await documents()).map(({ title }) => title).sort()).toEqual(["关于做好云溪省防汛工作的通知", "第二篇"].sort());
  });

  it("refuses documents that overlap, and keeps the preview", async () => {
    const { id, shown } = await preview({ "a.txt": NOTICE });
    const choices = shown.files.map(({ choice }) => ({ ...choice, documents: [...choice.documents, ...choice.documents] }));
    expect((await server.postJson(`${base}/imports/${id}/accept`, { choices })).status).toBe(400);
    expect(await documents()).toEqual([]);
    expect((await server.send(`${base}/imports/${id}`)).status).toBe(200);
  });

  it("says that a text is known already, and leaves a plain copy out unless asked", async () => {
    await server.importTexts({ "first.txt": NOTICE });
    const { shown } = await preview({ "again.txt": NOTICE });
    expect(shown.files[0]?.importedBefore).toBeDefined();
    expect(shown.files[0]?.choice.documents[0]?.accepted).toBe(false);
  });

  it("stores nothing twice when accepting was cut off in the middle", async () => {
    const { id, shown } = await preview({ "a.txt": NOTICE, "b.txt": NOTICE.replace("防汛", "抗旱") });
    const first = shown.files[0]?.choice.documents[0];
    // What a crash after the first document leaves behind: the document with the id that follows from the preview.
    await server.application.stores.documents.add(
      {
        id: `${id}-0-${String(first?.first ?? 0)}`,
        projectId: server.projectId,
        ordinal: 0,
        title: "half",
        language: "zh",
        side: "source",
        paragraphs: [],
      },
      { author: "test", at: "2026-01-01T00:00:00.000Z" },
    );
    await server.postJson(`${base}/imports/${id}/accept`, { choices: shown.files.map(({ choice }) => choice) });
    expect((await documents()).length).toBe(2);
  });

  it("discards without a trace", async () => {
    const { id } = await preview({ "a.txt": NOTICE });
    expect((await server.postJson(`${base}/imports/${id}/discard`, {})).status).toBe(204);
    expect((await server.send(`${base}/imports/${id}`)).status).toBe(404);
    expect(await documents()).toEqual([]);
  });

  it("shows a pending preview in the library until it is decided", async () => {
    const { id } = await preview({ "a.txt": NOTICE });
    const page = () => server.send(`/p/${server.projectId}/library`).then((response) => response.text());
    expect(await page()).toContain(`/imports/${id}`);
    await server.postJson(`${base}/imports/${id}/discard`, {});
    expect(await page()).not.toContain(`/imports/${id}`);
  });
});

describe("bad input", () => {
  it("says of each bad file what is wrong with it, and goes on with the rest", async () => {
    const { shown, id } = await preview({
      "empty.txt": "",
      "blank.txt": " \n\n\t\n",
      "picture.txt": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      "report.pdf": new TextEncoder().encode("%PDF-1.7\n..."),
      "damaged.docx": new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3, 4, 5, 6, 7, 8]),
      "bomb.docx": zipBomb(),
      "good.txt": NOTICE,
    });
    const found = Object.fromEntries(shown.files.map(({ name, diagnostics }) => [name, diagnostics.map(({ code }) => code)]));
    expect(found).toEqual({
      "empty.txt": ["empty-file"],
      "blank.txt": ["no-text"],
      "picture.txt": ["binary-file"],
      "report.pdf": ["unsupported-format"],
      "damaged.docx": ["docx-damaged"],
      "bomb.docx": ["zip-bomb"],
      "good.txt": [],
    });
    await server.postJson(`${base}/imports/${id}/accept`, { choices: shown.files.map(({ choice }) => choice) });
    expect((await documents()).length).toBe(1);
  });

  it("refuses a text that is too large, without harm to what is stored", async () => {
    await server.importTexts({ "good.txt": NOTICE });
    const { shown } = await preview({ "huge.txt": new Uint8Array(70 * 1024 * 1024).fill(0x61) });
    expect(shown.files[0]?.diagnostics[0]).toMatchObject({ code: "too-large", severity: "error" });
    expect((await documents()).length).toBe(1);
  });

  it("answers 413 in words for more files than it takes", async () => {
    const form = new FormData();
    for (let number = 0; number < 201; number += 1) form.append("files", new Blob(["文"]), `${String(number)}.txt`);
    const response = await server.send(`${base}/imports`, { method: "POST", body: form });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { code: "too-many-files", message: expect.stringContaining("200") as string },
    });
  });

  it("answers in words when there is no file, or no form", async () => {
    expect(await (await server.send(`${base}/imports`, { method: "POST", body: new FormData() })).json()).toMatchObject({
      error: { code: "no-files" },
    });
    expect((await server.postJson(`${base}/imports`, {})).status).toBe(400);
  });

  it("takes no folder from the name of a file", async () => {
    const { shown } = await preview({ "../../../../tmp/evil.txt": NOTICE });
    expect(shown.files[0]?.name).toBe("evil.txt");
  });

  it("shows a title of mark-up as text", async () => {
    await server.importTexts({ "x.txt": NOTICE.replace("关于做好云溪省防汛工作的通知", "<img src=x onerror=alert(1)>") });
    const [document] = await documents();
    expect(document?.title).toContain("<img");
    const page = await (await server.send(`/p/${server.projectId}/library`)).text();
    expect(page).not.toContain("<img src=x");
    expect(page).toContain("&lt;img src=x");
  });
});

describe("a document of the library", () => {
  it("can be removed and comes back whole", async () => {
    const [id = ""] = await server.importTexts({ "a.txt": NOTICE });
    expect((await server.postJson(`${base}/documents/${id}/remove`, {})).status).toBe(204);
    expect(await documents()).toEqual([]);
    expect((await server.postJson(`${base}/documents/${id}/restore`, {})).status).toBe(204);
    expect((await documents()).map((document) => document.id)).toEqual([id]);
  });

  it("cannot be reached through another project", async () => {
    const [id = ""] = await server.importTexts({ "a.txt": NOTICE });
    await server.postJson("/api/projects", { name: "Other" });
    expect((await server.postJson(`/api/p/other/documents/${id}/remove`, {})).status).toBe(404);
    expect((await server.send(`/p/other/documents/${id}/original`)).status).toBe(404);
    expect((await documents()).length).toBe(1);
  });
});

describe("the events of a job", () => {
  it("tell how it goes and end with its end", async () => {
    const { job } = await upload({ "a.txt": NOTICE });
    const response = await server.send(`/api/jobs/${job}/events`);
    expect(response.headers.get("Content-Type")).toContain("text/event-stream");
    expect(response.headers.get("Cache-Control")).toContain("no-transform");
    // The connection closes by itself: reading it to its end does not hang.
    const text = await response.text();
    expect(text).toMatch(/^id: 1\nretry: \d+\nevent: /);
    const last = text.trim().split("\n\n").at(-1) ?? "";
    expect(last).toContain("event: end");
    expect(JSON.parse(/data: (.*)/.exec(last)?.[1] ?? "")).toMatchObject({ id: job, state: "done" });
  });

  it("tell one who comes late that it is over", async () => {
    const { job } = await upload({ "a.txt": NOTICE });
    await server.application.jobs.waitFor(job);
    const text = await (await server.send(`/api/jobs/${job}/events`)).text();
    expect(text.match(/event: /g)).toHaveLength(1);
    expect(text).toContain("event: end");
  });
});

/** A docx whose text part claims to be small and unpacks to 1 GB of zeros' worth of spaces. */
function zipBomb(): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(Buffer.alloc(300 * 1024 * 1024, 0x20), { level: 9 });
  return zip([
    { name: "[Content_Types].xml", packed: deflateRawSync(Buffer.from("<Types/>")), size: 8, crc: crc32("<Types/>") },
    { name: "word/document.xml", packed, size: 300 * 1024 * 1024, crc: 0 },
  ]);
}

type Entry = { readonly name: string; readonly packed: Buffer; readonly size: number; readonly crc: number };

function zip(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, size, crc } of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...parts, central, Buffer.from([0x50, 0x4b, 5, 6]), end]));
}
