/**
 * Writes XLIFF 2.0 (read alike by 2.1 tools): one unit a paragraph, one segment a sentence with its state, blanks between in `ignorable`,
 * notes, and on request the glossary and matches modules. Valid against the core and module schemas.
 *
 * Inline codes of other formats become `<ph>` with their mark-up in `originalData`. Ids that are no NMTOKEN are replaced;
 * the unit keeps its own in `name`.
 */
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import type { Written, XliffWriteOptions } from "./xliff-parts.ts";
import { createCodeNumbers, createIds, interleave, tagWriter, targetFor } from "./xliff-parts.ts";
import { createXmlWriter } from "./xml-write.ts";

const MATCHES = "urn:oasis:names:tc:xliff:matches:2.0";
/** A file holds a unit or a group at least. */
const EMPTY_GROUP = `      <group id="g1"/>\n`;
const GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0";

export function writeXliff20(files: readonly BilingualFile[], options: XliffWriteOptions): Written {
  const xml = createXmlWriter();
  const tag = tagWriter(options);
  let codeCount = 0;
  let noteAuthors = 0;

  function writeContent(text: string, codes: readonly { readonly at: number }[], numbers: readonly number[]): string {
    const inserts = codes.map(({ at }, index) => {
      const number = numbers[index] ?? 0;
      return { at, xml: `<ph id="code${number}" dataRef="data${number}"/>` };
    });
    return interleave(text, inserts, xml.text);
  }

  /** Matches and terms point at a marker that spans the source: they need one, since `ref` names no segment. */
  function modules(unit: BilingualUnit, markers: readonly string[]): string {
    const matches = unit.segments.flatMap((segment, index) =>
      (options.withMatches ? (segment.matches ?? []) : []).map((match) => {
        const origin = match.origin === undefined ? "" : ` origin="${xml.attribute(match.origin)}"`;
        return (
          `          <mtc:match ref="#${markers[index] ?? ""}" similarity="${Number(match.similarity.toFixed(2))}"${origin}>` +
          `<source>${xml.text(match.source)}</source><target>${xml.text(match.target)}</target></mtc:match>\n`
        );
      }),
    );
    const entries = unit.segments.flatMap((segment, index) =>
      (options.withTerms ? (segment.terms ?? []) : []).map(
        (term) =>
          `          <gls:glossEntry ref="#${markers[index] ?? ""}"><gls:term>${xml.text(term.source)}</gls:term>` +
          `${term.targets.map((target) => `<gls:translation>${xml.text(target)}</gls:translation>`).join("")}</gls:glossEntry>\n`,
      ),
    );
    return (
      (matches.length === 0 ? "" : `        <mtc:matches>\n${matches.join("")}        </mtc:matches>\n`) +
      (entries.length === 0 ? "" : `        <gls:glossary>\n${entries.join("")}        </gls:glossary>\n`)
    );
  }

  function needsMarker(segment: BilingualSegment): boolean {
    return (
      (options.withMatches === true && (segment.matches ?? []).length > 0) ||
      (options.withTerms === true && (segment.terms ?? []).length > 0)
    );
  }

  function writeUnit(unit: BilingualUnit, id: string): string {
    const numbers = createCodeNumbers();
    const ids = createIds("s");
    const segmentIds = unit.segments.map((segment) => ids(segment.id));
    const markers = unit.segments.map((segment, index) => (needsMarker(segment) ? ids(`m${index + 1}`) : ""));
    let body = "";
    unit.segments.forEach((segment, index) => {
      const sourceNumbers = numbers.source(segment.sourceCodes);
      const target = targetFor(segment, options);
      const targetNumbers = numbers.target(target.targetCodes, sourceNumbers);
      codeCount += sourceNumbers.length;
      const plain = writeContent(segment.source, segment.sourceCodes, sourceNumbers);
      const marker = markers[index] ?? "";
      const source = marker === "" ? plain : `<mrk id="${marker}" type="generic">${plain}</mrk>`;
      // A target that is not there yet is `initial` whatever the record says: the standard knows no other.
      const state = target.target === undefined ? "initial" : segment.state;
      body += `        <segment id="${xml.attribute(segmentIds[index] ?? "")}" state="${state}">\n          <source>${source}</source>\n`;
      if (target.target !== undefined) {
        body += `          <target>${writeContent(target.target, target.targetCodes, targetNumbers)}</target>\n`;
      }
      body += "        </segment>\n";
      if (segment.after) body += `        <ignorable><source>${xml.text(segment.after)}</source></ignorable>\n`;
    });
    noteAuthors += unit.notes.filter((note) => note.from !== undefined).length;
    const notes = unit.notes
      .map((note) => `          <note>${xml.text(note.from ? `${note.from}: ${note.text}` : note.text)}</note>\n`)
      .join("");
    const data = numbers
      .list()
      .map((code, index) => `          <data id="data${index + 1}">${xml.text(code)}</data>\n`)
      .join("");
    const name = unit.name ?? (id === unit.id ? undefined : unit.id);
    return (
      `      <unit id="${xml.attribute(id)}"${name === undefined ? "" : ` name="${xml.attribute(name)}"`}${unit.translate ? "" : ' translate="no"'}>\n` +
      modules(unit, markers) +
      (notes === "" ? "" : `        <notes>\n${notes}        </notes>\n`) +
      (data === "" ? "" : `        <originalData>\n${data}        </originalData>\n`) +
      `${body}      </unit>\n`
    );
  }

  const [first] = files;
  const fileIds = createIds("f");
  const bodies = files.map((file) => {
    const unitIds = createIds("u");
    const units = file.units.filter((unit) => unit.segments.length > 0);
    return (
      `    <file id="${xml.attribute(fileIds(file.id))}" original="${xml.attribute(file.original)}"` +
      `${options.keepSegmentation ? ' canResegment="no"' : ""} xml:space="preserve">\n` +
      `${units.map((unit) => writeUnit(unit, unitIds(unit.id))).join("") || EMPTY_GROUP}    </file>\n`
    );
  });
  const target = first?.targetLanguage === undefined ? "" : ` trgLang="${xml.attribute(tag(first.targetLanguage))}"`;
  const text =
    `<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"` +
    `${options.withMatches ? ` xmlns:mtc="${MATCHES}"` : ""}${options.withTerms ? ` xmlns:gls="${GLOSSARY}"` : ""}` +
    ` srcLang="${xml.attribute(tag(first?.sourceLanguage ?? "und"))}"${target}>\n${bodies.join("")}</xliff>\n`;
  const losses: Loss[] = [...xml.losses()];
  if (codeCount > 0) losses.push({ code: "codes-as-placeholders", count: codeCount });
  if (noteAuthors > 0) losses.push({ code: "note-authors", count: noteAuthors });
  const languages = new Set(files.map((file) => `${file.sourceLanguage} ${file.targetLanguage ?? ""}`));
  if (languages.size > 1) losses.push({ code: "file-languages", count: languages.size - 1 });
  return { text, losses };
}
