/** The virtual list in a real layout: 10,000 rows of unlike heights. */
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser-setup.ts";

let page: Page;
beforeAll(async () => {
  const browser = await openBrowser();
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { createVirtualList } from "./src/browser/shell/virtual-list.ts";',
      resolveDir: process.cwd(),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "virtual",
  });
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.setContent('<div id="scroller"><div id="rows"></div></div>');
  await page.addStyleTag({ content: "body{margin:0} #scroller{height:600px;overflow:auto} [hidden]{display:none!important}" });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  await page.evaluate(() => {
    const { createVirtualList } = (window as unknown as { virtual: { createVirtualList: (options: object) => unknown } }).virtual;
    const scroller = document.getElementById("scroller");
    const list = createVirtualList({
      scroller,
      container: document.getElementById("rows"),
      count: 10_000,
      rowHeight: 40,
      renderRow: (index: number) => {
        const row = document.createElement("div");
        row.className = "row";
        row.style.height = `${20 + ((index * 37) % 90)}px`;
        const field = document.createElement("input");
        field.value = String(index);
        row.append(field);
        return row;
      },
    });
    Object.assign(window, { list });
  });
});
afterAll(() => page.close());

/** What is to be seen: numbers of the rows in the window, whether they touch each other and fill it. */
function look() {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const rows = [...document.querySelectorAll<HTMLElement>(".row")].map((row) => ({
      index: Number(row.dataset["index"]),
      top: row.getBoundingClientRect().top,
      bottom: row.getBoundingClientRect().bottom,
    }));
    const seen = rows.filter(({ top, bottom }) => bottom > 0 && top < 600);
    const touching = seen.every((row, at) => at === 0 || Math.abs(row.top - (seen[at - 1]?.bottom ?? 0)) < 1);
    const inOrder = seen.every((row, at) => at === 0 || row.index === (seen[at - 1]?.index ?? 0) + 1);
    const filled = (seen[0]?.top ?? 1) <= 0.5 && (seen.at(-1)?.bottom ?? 0) >= 599.5;
    return { first: seen[0]?.index, last: seen.at(-1)?.index, count: rows.length, touching, inOrder, filled };
  });
}

function act(work: string): Promise<unknown> {
  return page.evaluate(work);
}

describe("the virtual list", () => {
  it("keeps only the rows near the window in the page", async () => {
    const seen = await look();
    expect(seen).toMatchObject({ first: 0, touching: true, inOrder: true, filled: true });
    expect(seen.count).toBeLessThan(60);
  });

  it.each([1_000, 100_000, 350_000, 250_000, 17, 0])("fills the window without gaps after scrolling to %d px", async (top) => {
    await act(`document.getElementById("scroller").scrollTop = ${String(top)}`);
    await look();
    const seen = await look();
    expect(seen).toMatchObject({ touching: true, inOrder: true, filled: true });
    expect(seen.count).toBeLessThan(60);
  });

  it.each([9_999, 5_000, 5_003, 0, 7_777])("brings row %d into the window", async (index) => {
    await act(`list.scrollTo(${String(index)})`);
    await look();
    const seen = await look();
    expect(seen.first).toBeLessThanOrEqual(index);
    expect(seen.last).toBeGreaterThanOrEqual(index);
    expect(seen).toMatchObject({ touching: true, inOrder: true, filled: true });
  });

  it("puts a row third from the top when asked", async () => {
    await act('list.scrollTo(4000, "third")');
    await look();
    await act('list.scrollTo(4000, "third")');
    expect((await look()).first).toBe(3_998);
  });

  it("keeps the row that has the focus, with what was typed, and its place when one comes back", async () => {
    await act("list.scrollTo(3000)");
    await look();
    await act(
      '{ const field = list.rowOf(3000).querySelector("input"); field.focus({ preventScroll: true }); field.value = "half typed"; }',
    );
    await act("list.scrollTo(8000)");
    await look();
    const away = await look();
    expect(away).toMatchObject({ touching: true, inOrder: true, filled: true });
    expect(await act('document.activeElement.value === "half typed"')).toBe(true);
    await act("list.scrollTo(3000)");
    await look();
    expect(await look()).toMatchObject({ touching: true, inOrder: true, filled: true });
    expect(await act('list.rowOf(3000).querySelector("input").value')).toBe("half typed");
    await act("document.activeElement.blur()");
  });

  it("stays where a person reads while rows above are measured", async () => {
    await act("list.reset(10000)");
    await act("list.scrollTo(6000)");
    await look();
    const place = () => act("Math.round(list.rowOf(list.firstVisible()).getBoundingClientRect().top)");
    const first = await act("list.firstVisible()");
    const top = await place();
    for (let turn = 0; turn < 5; turn += 1) await look();
    expect(await act("list.firstVisible()")).toBe(first);
    expect(await place()).toBe(top);
  });

  it("shows another list after a reset, also a short and an empty one", async () => {
    await act("list.reset(3)");
    expect(await look()).toMatchObject({ first: 0, last: 2, count: 3, inOrder: true });
    await act("list.reset(0)");
    expect((await look()).count).toBe(0);
    await act("list.reset(500)");
    expect(await look()).toMatchObject({ first: 0, filled: true, inOrder: true });
  });
});
