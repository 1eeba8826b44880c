import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findXmlStart } from "../../src/formats/xml-start.ts";

describe("findXmlStart", () => {
  it.each([
    ["<tmx version='1.4'>", { name: "tmx", hasDeclaration: false }],
    ["\ufeff<?xml version='1.0'?>\n<!-- <a> -->\n<x:xliff version='2.0'/>", { name: "xliff", hasDeclaration: true }],
    ['<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx>', { name: "tmx", doctype: "tmx", hasDeclaration: false }],
    ["<!doctype HTML>\n<p>", { name: "p", doctype: "html", hasDeclaration: false }],
    ["<!DOCTYPE a [<!ENTITY b '>'>]><a>", { name: "a", doctype: "a", hasDeclaration: false }],
  ])("reads %j", (text, expected) => expect(findXmlStart(text)).toMatchObject(expected));

  it.each(["", "防汛", "<", "<!-- open", "<?xml", "<!DOCTYPE a [", "<!-->", "< a>", "<1"])("finds nothing in %j", (text) => {
    expect(findXmlStart(text)?.name ?? "1").toBe("1");
  });

  it("ends on any text, and soon on runs of openings", () => {
    const piece = fc.constantFrom("<!--", "-->", "<?", "?>", "<!DOCTYPE a", "[", "]", ">", "<a", " ", "x");
    fc.assert(fc.property(fc.array(piece), (pieces) => void findXmlStart(pieces.join(""))));
    for (const run of ["<!---->", "<!--", "<!DOCTYPE a[", "<?", "<?>"]) findXmlStart(run.repeat(200_000));
  });
});
