/**
 * Proposes what an import of one file would make of it: documents with title, date, issuing body and language, joins of
 * broken paragraphs, exclusions, what each looks like a version of.
 *
 * Guarantee: the documents cover all paragraphs once, in order; an empty file gives none. Nothing is altered.
 * Cost: linear in the text, plus the comparison with the known documents.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type {
  DocumentProposal,
  ExclusionProposal,
  ImportProposal,
  ReceivedParagraph,
  ReceivedText,
  VersionLink,
} from "../model/document.ts";
import type { IsoDay } from "../model/span.ts";
import { measureCopy } from "../text/copies.ts";
import { ShingleSet } from "../text/shingle-set.ts";
import type { FoundDate } from "./document-dates.ts";
import { dateDocuments } from "./document-dates.ts";
import { findDates, toIsoDay } from "./date-mentions.ts";
import { findIssuingBody } from "./issuing-body.ts";
import { correctWrapped, measureLayout, narrowLayout, proposeJoins } from "./joins.ts";
import { detectLanguage } from "./language.ts";
import type { LineShape } from "./line-shape.ts";
import { describeLine, isTitleLine } from "./line-shape.ts";
import type { DocumentHead } from "./starts.ts";
import { findDocumentHeads } from "./starts.ts";

/** A document that new ones are compared with; stored ones first. */
export type KnownDocument = {
  readonly id: string;
  readonly title: string;
  readonly shingles: ShingleSet;
  readonly date?: IsoDay;
};

export type ProposeOptions = {
  readonly file: string;
  readonly known?: readonly KnownDocument[];
  readonly diagnostics?: readonly Diagnostic[];
};

const MAX_TITLE = 300;
const MAX_SLOGAN = 40;
/** Half-width marks count where they touch Chinese text; in Latin text they are at home. */
const HALF_WIDTH_MARK = /(?<=[\p{Script=Han}”’》）」])[,;:?!()]|[,;:?!()](?=[\p{Script=Han}“‘《（「])/gu;
const FULL_WIDTH_MARK = /[，；：？！（）]/gu;

function joinTitle(shapes: readonly LineShape[], head: DocumentHead): string {
  const lines = shapes.slice(head.first, head.body).filter(isTitleLine);
  // 战疫 or 要闻 over the title is the name of a column.
  const long = lines.filter((line) => line.text.length >= 4);
  const title = (long.length > 0 ? long : lines).map((line) => line.text.replace(/\s+/gu, " ")).join(" ");
  return title.slice(0, MAX_TITLE);
}

/** The name of a file without folders, ending, and the numbers that tools put in front. */
function readFileTitle(file: string): string {
  const name = file.replace(/^.*[\\/]/u, "");
  return name.replace(/\.[\p{L}\d]{1,5}$/u, "") || name;
}

function findFirstWords(shapes: readonly LineShape[], first: number, end: number): string {
  const shape = shapes.slice(first, end).find((line) => line.kind !== "excluded" && line.text.length > 0);
  const sentence = /^[^。！？!?]{1,40}/u.exec(shape?.text ?? "")?.[0] ?? "";
  return sentence.replace(/\s+/gu, " ").trim();
}

/** A short unfinished line after the last paragraph of a document: a slogan of the page it came from. */
function isSlogan(shapes: readonly LineShape[], at: number): boolean {
  const shape = shapes[at];
  const before = shapes[at - 1];
  if (!shape || !before || shape.kind !== "heading-like" || shape.text.length < 6 || shape.text.length > MAX_SLOGAN) return false;
  if (!/\p{Script=Han}/u.test(shape.text) || /^附|[:：]|\d/u.test(shape.text)) return false;
  return before.endsSentence || before.kind === "excluded";
}

/** Headings of the text itself: numbered lines, and short lines between finished paragraphs. */
function findHeadings(
  paragraphs: readonly ReceivedParagraph[],
  shapes: readonly LineShape[],
  head: DocumentHead,
  end: number,
): number[] {
  const headings: number[] = [];
  for (let at = head.first; at < end; at++) {
    const shape = shapes[at];
    if (!shape || paragraphs[at]?.role !== "body") continue;
    const isInHead = at < head.body && shape.kind !== "prose" && shape.kind !== "excluded";
    const followed = shapes[at + 1];
    const stands = at + 1 < end && followed && (shapes[at - 1]?.endsSentence ?? true) && shape.text.length <= MAX_SLOGAN;
    // 主要成效: four characters may be a name or a heading; between finished paragraphs they are a heading.
    const isShort = shape.kind === "heading-like" || (shape.kind === "byline" && shape.text.length === 4);
    const isBetween = isShort && stands && followed.kind === "prose" && followed.text.length > shape.text.length;
    if (isInHead || shape.kind === "numbered-heading" || isBetween) headings.push(at);
  }
  return headings;
}

function findMetadataDate(received: ReceivedText, file: string): FoundDate {
  if (received.date) return { date: received.date, evidence: { code: "metadata" } };
  const name = file.replace(/^.*[\\/]/u, "");
  const compact = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/u.exec(name);
  const compactDate = compact && toIsoDay({ year: Number(compact[1]), month: Number(compact[2]), day: Number(compact[3]) });
  if (compactDate) return { date: compactDate, evidence: { code: "file-name" } };
  const mention = findDates(name.replaceAll("_", "-")).find((one) => one.year !== undefined && one.month !== undefined);
  const date = mention && toIsoDay({ year: mention.year ?? 0, month: mention.month ?? 0, day: mention.day });
  return date ? { date, evidence: { code: "file-name" } } : {};
}

function findVersion(text: string, known: readonly KnownDocument[]): VersionLink | undefined {
  const shingles = new ShingleSet(text);
  let best: VersionLink | undefined;
  for (const other of known) {
    const containment = measureCopy(shingles, other.shingles);
    if (containment !== undefined && containment > (best?.containment ?? 0)) {
      best = { document: other.id, title: other.title, containment };
    }
  }
  return best;
}

function countMarks(paragraphs: readonly ReceivedParagraph[], pattern: RegExp): number {
  return paragraphs.reduce((sum, paragraph) => sum + (paragraph.text.match(pattern)?.length ?? 0), 0);
}

/** Numbers of the paragraphs of a proposed document without what is to be excluded: what is compared and counted. */
export function selectNumbers(document: DocumentProposal): number[] {
  const excluded = new Set(document.exclusions.map((one) => one.paragraph));
  const numbers: number[] = [];
  for (let at = document.first; at < document.end; at++) if (!excluded.has(at)) numbers.push(at);
  return numbers;
}

export function proposeDocuments(received: ReceivedText, options: ProposeOptions): ImportProposal {
  const { paragraphs } = received;
  const described = paragraphs.map(describeLine);
  const layout = measureLayout(paragraphs, described);
  const shapes = correctWrapped(paragraphs, described, layout.wrapWidth);
  const heads = findDocumentHeads(paragraphs, shapes);
  const ranges = heads.map((head, at) => ({
    first: head.first,
    body: head.body,
    end: heads[at + 1]?.first ?? paragraphs.length,
  }));
  const dates = dateDocuments(shapes, ranges);
  const documents = heads.map((head, at): DocumentProposal => {
    const end = ranges[at]?.end ?? paragraphs.length;
    const range = { first: head.first, body: Math.min(head.body, end), end };
    const exclusions: ExclusionProposal[] = [];
    for (let paragraph = head.first; paragraph < end; paragraph++) {
      const reason = shapes[paragraph]?.reason;
      if (reason) exclusions.push({ paragraph, reason });
    }
    if (end - 1 > head.body && isSlogan(shapes, end - 1)) exclusions.push({ paragraph: end - 1, reason: "slogan" });
    const headings = findHeadings(paragraphs, shapes, head, end);
    const ownLayout = narrowLayout(layout, paragraphs, shapes, { first: head.first, end });
    const input = {
      paragraphs,
      shapes,
      layout: ownLayout,
      headings: new Set([...headings, ...exclusions.map((one) => one.paragraph)]),
    };
    const titleOfFile = at === 0 ? received.title?.trim() : undefined;
    const title =
      joinTitle(shapes, head) || titleOfFile || findFirstWords(shapes, head.first, end) || readFileTitle(options.file);
    let found = dates[at] ?? {};
    // What the file says of itself as a whole can only date it when it holds one document.
    if (!found.date && heads.length === 1) {
      const metadata = findMetadataDate(received, options.file);
      if (metadata.date) found = metadata;
    }
    const body = findIssuingBody(shapes, range);
    const text = paragraphs
      .slice(head.first, end)
      .map((paragraph) => paragraph.text)
      .join("\n");
    const proposal: DocumentProposal = {
      first: head.first,
      end,
      title,
      language: detectLanguage(text),
      joins: proposeJoins(input, head.body, end),
      exclusions,
      headings,
      ...(found.date ? { date: found.date } : {}),
      ...(found.evidence ? { dateEvidence: found.evidence } : {}),
      ...(found.partial && !found.date ? { partialDate: found.partial } : {}),
      ...(body ? { body } : {}),
    };
    if (!options.known || options.known.length === 0) return proposal;
    const versionOf = findVersion(
      selectNumbers(proposal)
        .map((at) => paragraphs[at]?.text ?? "")
        .join("\n"),
      options.known,
    );
    return versionOf ? { ...proposal, versionOf } : proposal;
  });
  return {
    file: options.file,
    encoding: received.encoding,
    paragraphs,
    documents,
    halfWidthMarks: countMarks(paragraphs, HALF_WIDTH_MARK),
    fullWidthMarks: countMarks(paragraphs, FULL_WIDTH_MARK),
    diagnostics: options.diagnostics ?? [],
  };
}
