import { describe, expect, it } from "vitest";
import { findDeclaredEncoding, readHtml } from "../../src/formats/html.ts";

function read(html: string) {
  return readHtml(new TextEncoder().encode(html)).value;
}
const texts = (html: string) => read(html)?.paragraphs.map((paragraph) => paragraph.text);

describe("readHtml", () => {
  it.each([
    ["<p>一</p><p>二</p>", ["一", "二"]],
    ["<div>一<br>二<br><br>三</div>", ["一", "二", "三"]],
    ["<p>要<b>抓好</b>\n <i>落实</i></p>", ["要抓好 落实"]],
    ["<div>前<p>中</p>后</div>", ["前", "中", "后"]],
    ["<nav>菜单</nav><p>正文</p><footer>版权</footer><script>x</script><style>y</style>", ["正文"]],
    ['<p hidden>藏</p><p style="display: none">藏</p><p>正文</p>', ["正文"]],
    ["<ul><li>一</li><li>二</li></ul>", ["一", "二"]],
    ["<p>　　缩进&nbsp;的</p>", ["　　缩进\u00a0的"]],
    ["<pre>一\n二</pre>", ["一", "二"]],
    ["<p>a &lt;b&gt; &amp; c</p>", ["a <b> & c"]],
    ["没有标记", ["没有标记"]],
  ])("finds the paragraphs of %j", (html, expected) => expect(texts(html)).toEqual(expected));

  it("keeps roles, levels and lines", () => {
    const html =
      "<html><title> 网页\n标题 </title><body>\n<h2>小标题</h2>\n<figure>\n<figcaption>\n图说</figcaption></figure><table><tr><td>格</td></tr></table>";
    const page = read(html);
    expect(page?.title).toBe("网页 标题");
    expect(page?.paragraphs).toEqual([
      { text: "小标题", role: "heading", level: 2, line: 3 },
      { text: "图说", role: "caption", line: 6 },
      { text: "格", role: "table", line: 6 },
    ]);
  });

  it("takes the date from the page's own metadata", () => {
    expect(read('<meta name="PubDate" content="2024-06-17 09:30"><p>正文</p>')?.date).toBe("2024-06-17");
  });

  it("reads the encoding that the page declares", () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('<meta charset="gb2312"><p>'), 0xb9, 0xd8, 0xd3, 0xda]);
    expect(findDeclaredEncoding(bytes)).toBe("gb18030");
    expect(readHtml(bytes).value?.paragraphs[0]?.text).toBe("关于");
  });

  it("refuses a page nested without end", () => {
    const { value, diagnostics } = readHtml(new TextEncoder().encode("<div>".repeat(100_000)));
    expect(value).toBeUndefined();
    expect(diagnostics[0]?.code).toBe("too-deep");
  });
});
