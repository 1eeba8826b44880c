/**
 * Puts targets and states into a received XLIFF and leaves every other byte of it as it was.
 *
 * Method: the file is scanned for the offsets of its targets and state attributes; only these ranges of the original text are replaced.
 * Guarantee: without edits the result is the original; with edits, what differs is the edited targets, their states (in the file's own
 * words and place), a target language that was missing, and nothing else. Inline codes of a target are never lost: where an edit
 * does not say where they go, they keep their order and stay with the text around them.
 * Cost: one pass over the file, plus the edits.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualSegment, InlineCode } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import { canEncode, decodeXml, encodeXml } from "./xml-encoding.ts";
import { createXmlWriter, escapeAttribute } from "./xml-write.ts";
import type { ScannedFile, ScannedXliff } from "./xliff-scan.ts";
import { scanXliff } from "./xliff-scan.ts";
import { lowestState, nativeFromState } from "./xliff-state.ts";
import { placeCodes } from "./inline-codes.ts";
import type { SegmentPlaces, ScannedUnit } from "./xliff-unit.ts";
import type { TagPlace } from "./xliff-tree.ts";

/** File, unit and segment by their position in what `readXliff` gave: ids need not be unique in files that people send. */
export type TargetEdit = {
  readonly file: number;
  readonly unit: number;
  readonly segment: number;
  readonly target?: string;
  /** Where the codes go in the new target; otherwise those it had, or those of the source, are placed again. */
  readonly targetCodes?: readonly InlineCode[];
  readonly state?: TranslationState;
};

export type SpliceOptions = {
  /** Written where the file names no target language. */
  readonly targetLanguage?: LanguageTag;
  /** Characters that the file's encoding lacks are written as references. */
  readonly canEncode?: (character: string) => boolean;
};

type Replacement = { readonly start: number; readonly end: number; readonly text: string };
type Job = {
  readonly file: string;
  readonly scanned: ScannedXliff;
  readonly replacements: Replacement[];
  readonly diagnostics: Diagnostic[];
  readonly escape: (text: string) => string;
};

const ATTRIBUTE = /([^\s=/<>"']+)(\s*=\s*)("[^"]*"|'[^']*')/gu;

/** A start tag with one attribute set; the rest of it stays as written. `undefined` takes the attribute away. */
function withAttribute(tag: string, name: string, value: string | undefined): string {
  for (const found of tag.matchAll(ATTRIBUTE)) {
    if (found[1] !== name) continue;
    const before = tag.slice(0, found.index);
    const after = tag.slice(found.index + found[0].length);
    const quote = found[3]?.charAt(0) ?? '"';
    if (value === undefined) return before.replace(/\s+$/u, "") + after;
    return `${before}${name}${found[2] ?? "="}${quote}${value}${quote}${after}`;
  }
  if (value === undefined) return tag;
  const end = tag.endsWith("/>") ? tag.length - 2 : tag.length - 1;
  const body = tag.slice(0, end).replace(/\s+$/u, "");
  return `${body} ${name}="${value}"${tag.slice(body.length)}`;
}

/** The value of an attribute as the tag writes it, escapes and all. */
function readAttribute(tag: string, name: string): string | undefined {
  for (const found of tag.matchAll(ATTRIBUTE)) if (found[1] === name) return found[3]?.slice(1, -1);
  return undefined;
}

/** The prefixed name of an attribute by its local name, as the tag writes it. */
function attributeName(tag: string, local: string): string | undefined {
  for (const found of tag.matchAll(ATTRIBUTE)) if (found[1] === local || found[1]?.endsWith(`:${local}`)) return found[1];
  return undefined;
}

function isSelfClosing(place: TagPlace): boolean {
  return place.openEnd === place.end;
}

function startTag(job: Job, place: TagPlace): string {
  return job.file.slice(place.start, place.openEnd);
}

/** Start tag changed by `change`, content replaced when given; one replacement, so that ranges never overlap. */
function rewrite(job: Job, place: TagPlace, change: (tag: string) => string, content: string | undefined): void {
  const tag = change(startTag(job, place));
  if (content === undefined || (isSelfClosing(place) && content === "")) {
    if (tag !== startTag(job, place)) job.replacements.push({ start: place.start, end: place.openEnd, text: tag });
    return;
  }
  if (isSelfClosing(place)) {
    const open = tag.replace(/\s*\/>$/u, ">");
    job.replacements.push({ start: place.start, end: place.end, text: `${open}${content}</${place.name}>` });
  } else job.replacements.push({ start: place.start, end: place.closeStart, text: tag + content });
}

/** Line end and indentation before a tag, to set a new one under it. Nothing when the tag does not begin its line. */
function indentBefore(file: string, offset: number): string {
  let at = offset;
  while (at > 0 && (file[at - 1] === " " || file[at - 1] === "\t")) at -= 1;
  if (file[at - 1] !== "\n") return "";
  return (file[at - 2] === "\r" ? "\r\n" : "\n") + file.slice(at, offset);
}

/** The new content of a target, codes in their places. Undefined: the target stays. */
function contentFor(job: Job, edit: TargetEdit, segment: BilingualSegment): string | undefined {
  if (edit.target === undefined) return undefined;
  if (edit.target === segment.target && edit.targetCodes === undefined) return undefined;
  const before = segment.target === undefined || segment.target === "" ? segment.source : segment.target;
  const known = segment.targetCodes.length > 0 ? segment.targetCodes : segment.sourceCodes;
  const codes = edit.targetCodes ?? placeCodes(before, known, edit.target);
  const pieces: string[] = [];
  let at = 0;
  for (const code of codes) {
    pieces.push(job.escape(edit.target.slice(at, code.at)), code.xml);
    at = Math.max(at, code.at);
  }
  pieces.push(job.escape(edit.target.slice(at)));
  return pieces.join("");
}

function spliceUnit2(job: Job, unit: ScannedUnit, edits: readonly TargetEdit[]): void {
  for (const edit of edits) {
    const segment = unit.unit.segments[edit.segment];
    const places = unit.places[edit.segment];
    if (!segment || !places) continue;
    const content = contentFor(job, edit, segment);
    if (places.target) rewrite(job, places.target, (tag) => tag, content);
    else if (content !== undefined) {
      const name = places.source.name.replace("source", "target");
      // Blanks that count in the source count in its target.
      const space = readAttribute(startTag(job, places.source), "xml:space");
      const tag = withAttribute(`<${name}>`, "xml:space", space);
      const text = `${indentBefore(job.file, places.source.start)}${tag}${content}</${name}>`;
      job.replacements.push({ start: places.source.end, end: places.source.end, text });
    }
    if (edit.state !== undefined && edit.state !== segment.state && places.state) {
      // XLIFF 2.1, 4.3.1.30: who changes state without setting subState has to take subState away.
      rewrite(
        job,
        places.state,
        (tag) => withAttribute(withAttribute(tag, "subState", undefined), "state", edit.state),
        undefined,
      );
    }
  }
}

/** seg-source as the mould of a target that has no segments yet: same tags, same blanks, targets in place of sources. */
function mouldedTarget(job: Job, unit: ScannedUnit, segSource: TagPlace, contents: ReadonlyMap<number, string>): string {
  let text = "";
  let at = segSource.openEnd;
  unit.places.forEach((places, index) => {
    const mark = places.source;
    const tag = job.file.slice(mark.start, mark.openEnd);
    text += job.file.slice(at, mark.start) + tag.replace(/\s*\/>$/u, ">") + (contents.get(index) ?? "") + `</${mark.name}>`;
    at = mark.end;
  });
  return text + job.file.slice(at, segSource.closeStart);
}

function spliceUnit12(job: Job, unit: ScannedUnit, edits: readonly TargetEdit[]): void {
  const { dialect } = job.scanned;
  const segments = unit.unit.segments;
  const contents = new Map<number, string>();
  for (const edit of edits) {
    const segment = segments[edit.segment];
    const content = segment && contentFor(job, edit, segment);
    if (content !== undefined) contents.set(edit.segment, content);
  }
  const stateOf = (index: number) => edits.findLast((edit) => edit.segment === index)?.state;
  const isEmpty = (index: number) =>
    (edits.findLast((edit) => edit.segment === index)?.target ?? segments[index]?.target ?? "") === "";
  const changesState = segments.some((segment, index) => (stateOf(index) ?? segment.state) !== segment.state);
  const state = lowestState(segments.map((segment, index) => stateOf(index) ?? segment.state));
  const native = nativeFromState(
    dialect,
    state,
    segments.every((_, index) => isEmpty(index)),
  );
  const setState = (tag: string) => (changesState && dialect === "xliff12" ? withAttribute(tag, "state", native) : tag);
  const whole = unit.segmented ? unit.segmented.target : unit.places[0]?.target;

  if (!whole && (contents.size > 0 || changesState) && unit.insertAfter) {
    const after = unit.insertAfter;
    const source = unit.places[0]?.source ?? after;
    const name = after.name.replace(/seg-source|source/u, "target");
    const content = unit.segmented ? mouldedTarget(job, unit, unit.segmented.segSource, contents) : (contents.get(0) ?? "");
    const text = `${indentBefore(job.file, unit.segmented ? after.start : source.start)}${setState(`<${name}>`)}${content}</${name}>`;
    job.replacements.push({ start: after.end, end: after.end, text });
  } else if (whole && unit.segmented) {
    const missing = unit.places.map((places, index) => (places.target ? -1 : index)).filter((index) => contents.has(index));
    if (unit.places.every((places) => !places.target)) {
      rewrite(job, whole, setState, contents.size > 0 ? mouldedTarget(job, unit, unit.segmented.segSource, contents) : undefined);
    } else {
      rewrite(job, whole, setState, undefined);
      unit.places.forEach((places, index) => {
        if (places.target) rewrite(job, places.target, (tag) => tag, contents.get(index));
      });
      for (const index of missing) insertMark(job, unit, whole, index, contents.get(index) ?? "");
    }
  } else if (whole) rewrite(job, whole, setState, contents.get(0));

  if (dialect === "sdlxliff") spliceSdlStates(job, unit, edits);
  if (changesState) spliceUnitTag(job, unit, state, native);
}

/** A segment that the target lacks goes before the next one it has, or to its end. */
function insertMark(job: Job, unit: ScannedUnit, whole: TagPlace, index: number, content: string): void {
  const mark = unit.places[index]?.source;
  if (!mark) return;
  const following: SegmentPlaces | undefined = unit.places.slice(index + 1).find((places) => places.target);
  const at = following?.target?.start ?? whole.closeStart;
  const tag = job.file.slice(mark.start, mark.openEnd).replace(/\s*\/>$/u, ">");
  job.replacements.push({ start: at, end: at, text: `${tag}${content}</${mark.name}>` });
}

function spliceSdlStates(job: Job, unit: ScannedUnit, edits: readonly TargetEdit[]): void {
  for (const edit of edits) {
    const segment = unit.unit.segments[edit.segment];
    const definition = unit.places[edit.segment]?.state;
    if (edit.state === undefined || edit.state === segment?.state) continue;
    if (!definition) {
      job.diagnostics.push({ code: "xliff-no-place-for-state", severity: "warning", values: { unit: unit.unit.id } });
      continue;
    }
    const native = nativeFromState("sdlxliff", edit.state, false);
    rewrite(job, definition, (tag) => withAttribute(tag, "conf", native), undefined);
  }
}

/** What the unit's own tag says of the state: memoQ's status, and `approved`, which must not outlive a step back. */
function spliceUnitTag(job: Job, unit: ScannedUnit, state: TranslationState, native: string): void {
  rewrite(
    job,
    unit.tag,
    (tag) => {
      let changed = tag;
      if (job.scanned.dialect === "mqxliff") {
        const name = attributeName(tag, "status");
        if (name !== undefined) changed = withAttribute(changed, name, native);
      }
      if (state === "final" && job.scanned.dialect === "xliff12") return withAttribute(changed, "approved", "yes");
      const fallsBack = state === "initial" || state === "translated";
      return unit.approved === "yes" && fallsBack ? withAttribute(changed, "approved", "no") : changed;
    },
    undefined,
  );
}

function nameLanguage(job: Job, file: ScannedFile, language: LanguageTag | undefined): void {
  if (file.targetLanguage !== undefined || language === undefined) return;
  const name = job.scanned.dialect === "xliff2" ? "trgLang" : "target-language";
  // In 2.x all files share the root tag; it is named once.
  if (job.replacements.some((replacement) => replacement.start === file.languageTag.start)) return;
  rewrite(job, file.languageTag, (tag) => withAttribute(tag, name, escapeAttribute(language)), undefined);
}

/** The text with the edits made. Faults of the file, and edits that found no place, are in `diagnostics`. */
export function spliceTargets(
  original: string,
  edits: readonly TargetEdit[],
  options: SpliceOptions = {},
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  if (edits.length === 0) return { text: original, diagnostics: [] };
  const mark = original.startsWith("\ufeff") ? "\ufeff" : "";
  const file = original.slice(mark.length);
  const scanned = scanXliff(file);
  if (scanned.diagnostics.some((diagnostic) => diagnostic.severity === "error")) {
    return { text: original, diagnostics: scanned.diagnostics };
  }
  const xml = createXmlWriter();
  const encodable = options.canEncode;
  const escape = (text: string) => {
    const safe = xml.text(text);
    if (!encodable) return safe;
    return Array.from(safe, (character) =>
      encodable(character) ? character : `&#x${character.codePointAt(0)?.toString(16)};`,
    ).join("");
  };
  const job: Job = { file, scanned, replacements: [], diagnostics: [], escape };
  const byUnit = new Map<ScannedUnit, TargetEdit[]>();
  const changedFiles = new Set<ScannedFile>();
  for (const edit of edits) {
    const scannedFile = scanned.files[edit.file];
    const unit = scannedFile?.units[edit.unit];
    if (!scannedFile || !unit?.places[edit.segment]) {
      job.diagnostics.push({ code: "xliff-edit-without-place", severity: "warning", values: { unit: edit.unit + 1 } });
      continue;
    }
    changedFiles.add(scannedFile);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), edit]);
  }
  for (const [unit, unitEdits] of byUnit) {
    if (scanned.dialect === "xliff2") spliceUnit2(job, unit, unitEdits);
    else spliceUnit12(job, unit, unitEdits);
  }
  if (job.replacements.length > 0) for (const changed of changedFiles) nameLanguage(job, changed, options.targetLanguage);
  for (const loss of xml.losses()) job.diagnostics.push({ code: loss.code, severity: "warning", values: { count: loss.count } });
  return { text: mark + applyReplacements(file, job.replacements), diagnostics: job.diagnostics };
}

function applyReplacements(file: string, replacements: readonly Replacement[]): string {
  const ordered = replacements
    .map((replacement, index) => ({ replacement, index }))
    .sort((first, second) => first.replacement.start - second.replacement.start || first.index - second.index);
  const pieces: string[] = [];
  let at = 0;
  for (const { replacement } of ordered) {
    pieces.push(file.slice(at, replacement.start), replacement.text);
    at = replacement.end;
  }
  pieces.push(file.slice(at));
  return pieces.join("");
}

/** The same on bytes: encoding and byte-order mark stay. `bytes` is undefined when the file cannot be written back safely. */
export function spliceFile(
  bytes: Uint8Array,
  edits: readonly TargetEdit[],
  options: Pick<SpliceOptions, "targetLanguage"> = {},
): { readonly bytes: Uint8Array | undefined; readonly diagnostics: readonly Diagnostic[] } {
  if (edits.length === 0) return { bytes, diagnostics: [] };
  const decoded = decodeXml(bytes);
  if ("code" in decoded) return { bytes: undefined, diagnostics: [decoded] };
  const unwritable: Diagnostic = { code: "encoding-not-reversible", severity: "error", values: { encoding: decoded.encoding } };
  const again = decoded.encoding.startsWith("utf-") ? bytes : encodeXml(decoded);
  if (!again || again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {
    return { bytes: undefined, diagnostics: [unwritable] };
  }
  const { text, diagnostics } = spliceTargets(decoded.text, edits, { ...options, canEncode: canEncode(decoded.encoding) });
  const written = encodeXml({ ...decoded, text });
  return written ? { bytes: written, diagnostics } : { bytes: undefined, diagnostics: [...diagnostics, unwritable] };
}

/** What a person changed, as edits: `after` is `before` with other targets and states in the same places. */
export function targetEdits(before: readonly BilingualFile[], after: readonly BilingualFile[]): readonly TargetEdit[] {
  return before.flatMap((file, fileIndex) =>
    file.units.flatMap((unit, unitIndex) =>
      unit.segments.flatMap((segment, segmentIndex) => {
        const edited = after[fileIndex]?.units[unitIndex]?.segments[segmentIndex];
        if (!edited || (edited.target === segment.target && edited.state === segment.state)) return [];
        return [
          {
            ...{ file: fileIndex, unit: unitIndex, segment: segmentIndex },
            ...(edited.target === segment.target || edited.target === undefined ? {} : { target: edited.target }),
            ...(edited.state === segment.state ? {} : { state: edited.state }),
          },
        ];
      }),
    ),
  );
}
