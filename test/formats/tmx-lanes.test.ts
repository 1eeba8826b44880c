/** The fast lane of the TMX reader against the strict parser alone: the same units, faults and places, whatever the file and its cuts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTmxReader } from "../../src/formats/tmx.ts";
import type { TmxOptions, TmxUnit } from "../../src/formats/tmx.ts";

function readInPieces(content: string | Uint8Array, sizes: readonly number[], options: TmxOptions) {
  const units: TmxUnit[] = [];
  const reader = createTmxReader(options, (unit) => units.push(unit));
  let at = 0;
  for (let piece = 0; at < content.length; piece++) {
    const size = sizes[piece % sizes.length] ?? content.length;
    reader.write(content.slice(at, at + size));
    at += size;
  }
  return { read: units, ...reader.end() };
}

function expectEqualLanes(content: string | Uint8Array, sizes: readonly number[]): void {
  const options = { now: "2026-03-01T08:00:00.000Z" };
  const strict = readInPieces(content, sizes, { ...options, strictly: true });
  expect(readInPieces(content, sizes, options)).toEqual(strict);
}

const START = '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="zh"/>\n<body>\n';
/** Pieces of units, of what may stand in them and of what must not. */
const PIECES = [
  ...["<tu>", "<tu tuid='7'>", '<tu tuid="a&amp;b" creationdate="20290101T000000Z">', "<tu\n>", "</tu>", "</tu >", "<tu/>"],
  ...[
    '<tuv xml:lang="zh">',
    "<tuv xml:lang='en'>",
    "<tuv lang = 'en'>",
    "<tuv>",
    "</tuv>",
    "</tuv\t>",
    "<seg>",
    "</seg>",
    "<seg/>",
  ],
  ...[
    "防汛",
    "😀",
    "word",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "&lt;",
    "&#x4e2d;",
    "&#65;",
    "&amp;amp;",
    "a > b",
    "]]",
    "x]]>",
    '"',
    "'",
  ],
  ...['<bpt i="1">', "</bpt>", "<ph/>", '<ph x="1">{0}</ph>', '<hi type="x">', "</hi>", "<sub>", "</sub>", '<ept i="1"/>'],
  ...["<note>n</note>", '<prop type="x-p">v</prop>', "<note/>", "<prop>", "</prop>"],
  ...[
    "<!-- c -->",
    "<!-- <tu> -->",
    "<![CDATA[<b>]]>",
    "<?pi x?>",
    "<a:b/>",
    "<x xmlns='u'/>",
    "<tuv a='1' a='2'>",
    "<tuv a='<'>",
  ],
  ...[
    "&nbsp;",
    "&",
    "&#0;",
    "\u0001",
    "\ufffe",
    "\ud800",
    "<",
    ">",
    "</",
    "<1>",
    "</body>",
    "</tmx>",
    "<tu a='1'b='2'>",
    "<tuv a='x\ny'>",
  ],
  ...[
    "<q:x/>",
    "<xml:y/>",
    "<tu xml:lang='a' lang='b' a='>'>",
    "<tu __proto__='x' constructor='y'/>",
    "<tu xmlns:q='u'>",
    "<tuv xml:space='preserve'>",
    "&constructor;",
    "&#x0000000041;",
    "&#xd800;",
    "\ufeff",
    "\u0085",
    "<!DOCTYPE tmx>",
    "<![CDATA[</tu>]]>",
    "<!--",
    "<?xml version='1.0'?>",
  ],
];
const WHOLE = [
  '<tu><tuv xml:lang="zh"><seg>防汛</seg></tuv><tuv xml:lang="en"><seg>flood</seg></tuv></tu>\n',
  '<tu tuid="1" changedate="20200101T000000Z">\r\n<prop type="p">v</prop><tuv xml:lang="zh"><seg>水<ph x="1"/>火</seg></tuv><tuv xml:lang="en"><seg>a &amp; b</seg></tuv></tu>',
  '<tu><tuv xml:lang="zh"><seg/></tuv><!-- 注 --><tuv xml:lang="en"><seg><![CDATA[x]]></seg></tuv></tu>\n',
];

describe("the two lanes of the TMX reader", () => {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...WHOLE) },
    { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });

  it("agree on any mixture of units and of what else may come", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), sizes, (pieces, cuts) => {
        const text = START + pieces.join("") + "</body></tmx>";
        expectEqualLanes(text, cuts);
      }),
      { numRuns: 600 },
    );
  });

  it("agree on whole units with one thing put into them anywhere", () => {
    const unit = fc.tuple(fc.constantFrom(...WHOLE), fc.constantFrom(...PIECES), fc.nat(250)).map(([whole, other, at]) => {
      const place = at % whole.length;
      return whole.slice(0, place) + other + whole.slice(place);
    });
    const units = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...WHOLE) }, unit), { maxLength: 5 });
    fc.assert(
      fc.property(units, sizes, fc.constantFrom("1.0", "1.1"), (all, cuts, version) => {
        expectEqualLanes(`${START.replace("1.0", version)}${all.join("")}</body></tmx>`, cuts);
      }),
      { numRuns: 600 },
    );
  });

  it("agree on what is too large for the strict parser", () => {
    const long = `<tu tuid="${"x".repeat(4_000_001)}"/>`;
    expectEqualLanes(`${START}${WHOLE[0] ?? ""}${long}${WHOLE[0] ?? ""}</body></tmx>`, [5_000_000]);
    const deep = `${"<a>".repeat(501)}${"</a>".repeat(501)}`;
    expectEqualLanes(`${START}${WHOLE[0] ?? ""}<tu>${deep}</tu></body></tmx>`, [5_000_000]);
  });

  it("agree on bytes of every encoding that break off or break in the middle", () => {
    const text = (encoding: string) => `${START.replace("?>", ` encoding="${encoding}"?>`)}${WHOLE.join("")}</body></tmx>`;
    const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();
    const files: readonly Buffer[] = [
      Buffer.from(text("utf-8")),
      Buffer.from(`\ufeff${text("utf-8")}`),
      Buffer.from(`\ufeff${text("utf-16")}`, "utf16le"),
      Buffer.from(text("utf-16"), "utf16le"),
      swap(Buffer.from(`\ufeff${text("utf-16")}`, "utf16le")),
      swap(Buffer.from(text("utf-16"), "utf16le")),
    ];
    for (const file of files) {
      const { read, diagnostics } = readInPieces(file, [7], {});
      expect(read.map(({ source }) => source)).toEqual(["防汛", "水火", ""]);
      expect(diagnostics).toEqual([]);
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.option(fc.constantFrom(0xff, 0xd8, 0x00, 0x3c)),
        sizes,
        (file, at, wrong, cuts) => {
          const bytes = Uint8Array.from(wrong === null ? file.subarray(0, at % file.length) : file);
          if (wrong !== null) bytes[at % file.length] = wrong;
          expectEqualLanes(bytes, cuts);
        },
      ),
      { numRuns: 300 },
    );
  });

  const samples = "../shared/samples/tmx";
  if (!existsSync(samples)) console.log("skipped: ../shared/samples is not here");
  it.skipIf(!existsSync(samples))("agree on the files of others, whole and with a character lost, doubled or turned", () => {
    const files = ["valid", "foreign"].flatMap((set) =>
      readdirSync(`${samples}/${set}`).map((name) => `${samples}/${set}/${name}`),
    );
    for (const file of files) {
      const bytes = readFileSync(file);
      expectEqualLanes(bytes, [1000]);
      // Large files would take the time of all others.
      if (bytes.length > 20_000) continue;
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.constantFrom("", "<", "&", ">", "\n", '"', "]]>"), (at, other) => {
          expectEqualLanes(Buffer.concat([bytes.subarray(0, at), Buffer.from(other), bytes.subarray(at + 1)]), [700]);
        }),
        { numRuns: 6 },
      );
    }
  });
});
