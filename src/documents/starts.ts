/**
 * Splits a received file into documents: a compilation is many dated texts run together.
 *
 * Method: a run of heading lines after a line that ended properly starts a document when what follows gives a date or an
 * occasion: a dateline (新华社北京2月3日电, 本报讯), an address to an audience (同志们：), a date or a document number in the run
 * itself, or a day within the first 110 characters. Weak evidence (the last) asks for a longer title. Where the file
 * itself has heading levels, only headings of its highest level start documents.
 * Failure policy: when in doubt no start; the first paragraph always starts one. Proposals, which a person changes.
 * Cost: linear in the number of paragraphs.
 */
import type { ReceivedParagraph } from "../model/document.ts";
import { findDates } from "./date-mentions.ts";
import type { LineShape } from "./line-shape.ts";
import { DATELINE_START } from "../text/dateline.ts";
import { isTitleLine, standsInHead } from "./line-shape.ts";

/** The head of a document: paragraphs [first, body), with `body` the first that is not of the head. */
export type DocumentHead = { readonly first: number; readonly body: number; readonly evidence: StartEvidence };

export type StartEvidence =
  "file-start" | "dateline" | "address" | "head-date" | "document-number" | "lead-date" | "heading-level";

/** A day this near to the beginning dates a text; farther on it is something that the text speaks of. */
export const LEAD_LENGTH = 110;
const MAX_HEAD_LINES = 8;
const STRONG_TITLE_LENGTH = 4;
const WEAK_TITLE_LENGTH = 10;
/**
 * What the title of a report or document says and the heading of a section hardly does; asked for where a day in the
 * first lines is the only evidence.
 */
const TITLE_SIGN =
  /召开|召開|举行|舉行|强调|強調|指出|会见|會見|出席|主持|调研|調研|考察|印发|印發|发布|發佈|讲话|講話|会议|會議|通知|意见|意見|公报|公報|公告|决定|決定|谈话|談話|访问|訪問|慰问|慰問|视察|視察|座谈|座談|指示|批示|贺信|贺电|賀信|賀電|致辞|致辭|宣布|审议|審議|签署|簽署|任命|[：:]/u;
/** Leads and captions that may stand before the dateline. */
const LOOK_AHEAD = 4;

function findBodyEvidence(shapes: readonly LineShape[], body: number): StartEvidence | undefined {
  let seen = 0;
  for (let at = body; at < shapes.length && seen <= LOOK_AHEAD; at++, seen++) {
    const shape = shapes[at];
    if (!shape) break;
    if (shape.kind === "address") return seen <= 1 ? "address" : undefined;
    if (DATELINE_START.test(shape.text)) return "dateline";
    // A new head begins: what comes after it belongs to that one.
    if (shape.kind !== "excluded" && shape.kind !== "prose") return undefined;
  }
  let first = body;
  while (shapes[first]?.kind === "excluded" && first < body + LOOK_AHEAD) first++;
  for (const lead of [shapes[body], shapes[first]]) {
    if (!lead || (lead.kind !== "prose" && lead.reason !== "caption")) continue;
    // English prose names days everywhere, so that only its datelines count.
    if (!/\p{Script=Han}/u.test(lead.text)) continue;
    if (findDates(lead.text.slice(0, LEAD_LENGTH)).some((date) => !date.isLimit)) return "lead-date";
  }
  return undefined;
}

function findHeadEvidence(run: readonly LineShape[]): StartEvidence | undefined {
  if (run.some((shape) => shape.kind === "document-number")) return "document-number";
  if (
    run.some(
      (shape) => shape.kind === "date-line" || (isTitleLine(shape) && /[（(]\s?\d{4}年\d{1,2}月\d{1,2}日/u.test(shape.text)),
    )
  ) {
    return "head-date";
  }
  return undefined;
}

/** End of the signature that starts at `at` (offices, then a date, no text after it but a new head), or `at`. */
function findSignatureEnd(shapes: readonly LineShape[], at: number): number {
  let end = at;
  while (shapes[end]?.kind === "organization" || shapes[end]?.kind === "byline") end++;
  if (shapes[end]?.kind !== "date-line" || /^[（(]/u.test(shapes[end]?.text ?? "")) return at;
  // Right after a title these lines are its byline and date, not the end of a text.
  const before = shapes[at - 1];
  if (!before || !["prose", "excluded", "postscript"].includes(before.kind)) return at;
  end++;
  while (shapes[end]?.kind === "postscript") end++;
  return end;
}

function findHeadEnd(shapes: readonly LineShape[], first: number): number {
  let at = first;
  while (at < shapes.length && at - first < MAX_HEAD_LINES) {
    const shape = shapes[at];
    if (!shape) break;
    const isLabel = at === first && first === 0 && shape.text.length < 4 && !shape.endsSentence;
    const isCredit = shape.reason === "credit" || shape.reason === "dateline";
    if (!isLabel && !standsInHead(shape) && !(isCredit && at > first)) break;
    if (isCredit && DATELINE_START.test(shape.text)) break;
    at++;
  }
  return at;
}

/** A text may end here; the name of a column (战疫) or of a writer may stand between it and the next title. */
function endsProperly(shapes: readonly LineShape[], at: number): boolean {
  let last = at;
  while (last > 0 && shapes[last]?.kind === "byline" && !shapes[last]?.endsSentence) last--;
  const shape = shapes[last];
  if (!shape) return true;
  return shape.endsSentence || shape.kind === "excluded" || shape.kind === "date-line" || shape.kind === "postscript";
}

/** The level that starts documents in a file with heading levels; undefined without levels or with one such heading only. */
function findStartLevel(paragraphs: readonly ReceivedParagraph[]): number | undefined {
  const levels = paragraphs.flatMap((paragraph) => (paragraph.level === undefined ? [] : [paragraph.level]));
  return levels.length === 0 ? undefined : Math.min(...levels);
}

export function findDocumentHeads(paragraphs: readonly ReceivedParagraph[], shapes: readonly LineShape[]): DocumentHead[] {
  if (shapes.length === 0) return [];
  const startLevel = findStartLevel(paragraphs);
  const firstBody = findHeadEnd(shapes, 0);
  const heads: DocumentHead[] = [{ first: 0, body: firstBody, evidence: "file-start" }];
  let at = Math.max(1, firstBody);
  while (at < shapes.length) {
    const signatureEnd = findSignatureEnd(shapes, at);
    if (signatureEnd > at) {
      at = signatureEnd;
      continue;
    }
    const shape = shapes[at];
    const before = shapes[at - 1];
    if (!shape || !before || !isTitleLine(shape)) {
      at++;
      continue;
    }
    const end = findHeadEnd(shapes, at);
    const run = shapes.slice(at, end);
    const isProperEnd = endsProperly(shapes, at - 1);
    const level = paragraphs[at]?.level;
    const mayStart = startLevel === undefined ? isProperEnd : level === startLevel;
    const longest = Math.max(...run.filter(isTitleLine).map((line) => line.text.length));
    const evidence = mayStart ? (findHeadEvidence(run) ?? findBodyEvidence(shapes, end)) : undefined;
    const needed = evidence === "lead-date" ? WEAK_TITLE_LENGTH : STRONG_TITLE_LENGTH;
    const isTitle = evidence !== "lead-date" || startLevel !== undefined || run.some((line) => TITLE_SIGN.test(line.text));
    if (evidence && isTitle && longest >= needed && end < shapes.length) heads.push({ first: at, body: end, evidence });
    at = end;
  }
  return heads;
}
