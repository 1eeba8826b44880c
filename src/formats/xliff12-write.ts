/**
 * Writes XLIFF 1.2, valid against the transitional schema, in the shape CAT tools expect: one trans-unit a paragraph, `seg-source` and
 * `mrk mtype="seg"` with the same mids in the target, `<target>` always there with its state, `approved` only when final.
 *
 * Lost: 1.2 has one state a unit, so segments of a unit share the lowest of theirs (loss `segment-states`).
 * Inline codes of other formats become `<ph>` that hold their mark-up as text.
 */
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import { lowestState, nativeFromState } from "./xliff-state.ts";
import type { Written, XliffWriteOptions } from "./xliff-parts.ts";
import { blankBetween, createCodeNumbers, createIds, interleave, tagWriter, targetFor, termSpans } from "./xliff-parts.ts";
import { createXmlWriter } from "./xml-write.ts";

export function writeXliff12(files: readonly BilingualFile[], options: XliffWriteOptions): Written {
  const xml = createXmlWriter();
  const tag = tagWriter(options);
  let mergedStates = 0;
  let codeCount = 0;

  function writeUnit(unit: BilingualUnit, file: BilingualFile, id: string): string {
    const numbers = createCodeNumbers();
    const blank = blankBetween(file);
    const placeholder = (number: number) => `<ph id="${number}">${xml.text(numbers.list()[number - 1] ?? "")}</ph>`;
    const parts = unit.segments.map((segment) => {
      const target = targetFor(segment, options);
      const sourceNumbers = numbers.source(segment.sourceCodes);
      const targetNumbers = numbers.target(target.targetCodes, sourceNumbers);
      codeCount += sourceNumbers.length;
      return {
        segment,
        source: writeSource(segment, sourceNumbers.map(placeholder)),
        target: target.target ?? "",
        targetNumbers,
        codes: target.targetCodes,
      };
    });
    const targets = parts.map(({ target, targetNumbers, codes }) =>
      interleave(
        target,
        codes.map(({ at }, index) => ({ at, xml: placeholder(targetNumbers[index] ?? 0) })),
        xml.text,
      ),
    );
    const states = unit.segments.map((segment) => segment.state);
    const state = lowestState(states);
    if (new Set(states).size > 1) mergedStates += 1;
    const isEmpty = parts.every(({ segment }) => (segment.target ?? "") === "");
    const isSegmented = unit.segments.length > 1;
    const ids = createIds("s");
    const mids = unit.segments.map((segment) => ids(segment.id));
    const mark = (index: number, content: string) =>
      `<mrk mtype="seg" mid="${xml.attribute(mids[index] ?? "")}">${content}</mrk>`;
    const glue = (contents: readonly string[], between: (segment: BilingualSegment) => string) =>
      contents
        .map((content, index) => {
          const segment = unit.segments[index];
          return content + (segment && (index < contents.length - 1 || segment.after) ? xml.text(between(segment)) : "");
        })
        .join("");
    const source = glue(
      parts.map((part) => part.source),
      ({ after = "" }) => after,
    );
    const target = isSegmented
      ? glue(
          targets.map((content, index) => mark(index, content)),
          blank,
        ).trimEnd()
      : (targets[0] ?? "");

    const attributes =
      (unit.name === undefined ? "" : ` resname="${xml.attribute(unit.name)}"`) +
      (state === "final" && !isEmpty ? ' approved="yes"' : "") +
      (unit.translate ? "" : ' translate="no"') +
      ' xml:space="preserve"';
    const lines = [`<source>${source}</source>`];
    if (isSegmented) {
      lines.push(
        `<seg-source>${glue(
          parts.map((part, index) => mark(index, part.source)),
          ({ after = "" }) => after,
        )}</seg-source>`,
      );
    }
    lines.push(`<target state="${nativeFromState("xliff12", isEmpty ? "initial" : state, isEmpty)}">${target}</target>`);
    if (options.withMatches) {
      unit.segments.forEach((segment, index) => {
        for (const match of segment.matches ?? []) {
          const origin = match.origin === undefined ? "" : ` origin="${xml.attribute(match.origin)}"`;
          const mid = isSegmented ? ` mid="${xml.attribute(mids[index] ?? "")}"` : "";
          lines.push(
            `<alt-trans${mid} match-quality="${Math.round(match.similarity)}"${origin}>` +
              `<source>${xml.text(match.source)}</source><target>${xml.text(match.target)}</target></alt-trans>`,
          );
        }
      });
    }
    for (const note of unit.notes) {
      lines.push(`<note${note.from ? ` from="${xml.attribute(note.from)}"` : ""}>${xml.text(note.text)}</note>`);
    }
    return `      <trans-unit id="${xml.attribute(id)}"${attributes}>\n${lines.map((line) => `        ${line}\n`).join("")}      </trans-unit>\n`;
  }

  function writeSource(segment: BilingualSegment, placeholders: readonly string[]): string {
    const inserts = segment.sourceCodes.map(({ at }, index) => ({ at, xml: placeholders[index] ?? "" }));
    if (options.withTerms && inserts.length === 0) {
      for (const { start, end } of termSpans(
        segment.source,
        (segment.terms ?? []).map((term) => term.source),
      )) {
        inserts.push({ at: start, xml: '<mrk mtype="term">' }, { at: end, xml: "</mrk>" });
      }
    }
    return interleave(segment.source, inserts, xml.text);
  }

  const bodies = files.map((file) => {
    const used = new Set<string>();
    const units = file.units.map((unit) => {
      let id = unit.id;
      for (let number = 2; used.has(id); number += 1) id = `${unit.id}-${number}`;
      used.add(id);
      return writeUnit(unit, file, id);
    });
    const target = file.targetLanguage === undefined ? "" : ` target-language="${xml.attribute(tag(file.targetLanguage))}"`;
    return (
      `  <file original="${xml.attribute(file.original)}" source-language="${xml.attribute(tag(file.sourceLanguage))}"${target}` +
      ` datatype="plaintext" tool-id="dingyi">\n    <header>\n` +
      `      <tool tool-id="dingyi" tool-name="Dingyi" tool-version="${xml.attribute(options.toolVersion)}"/>\n    </header>\n` +
      `    <body>\n${units.join("")}    </body>\n  </file>\n`
    );
  });
  const text =
    `<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n` +
    `${bodies.join("")}</xliff>\n`;
  const losses: Loss[] = [...xml.losses()];
  if (mergedStates > 0) losses.push({ code: "segment-states", count: mergedStates });
  if (codeCount > 0) losses.push({ code: "codes-as-placeholders", count: codeCount });
  return { text, losses };
}
