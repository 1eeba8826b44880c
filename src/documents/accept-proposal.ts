/**
 * Makes documents out of a proposal, with a person's changes: joins applied, exclusions marked. A join with words `missing`
 * is none: the paragraph lost its opening and stays by itself.
 *
 * White space at both ends of a line is layout and stays behind in the received file; everything else is kept as it came.
 * Reversible: every paragraph names the line where it began, and the received bytes are kept by the caller.
 * Guarantee: no paragraph is lost; an excluded one stays in its place with its reason. Cost: linear.
 */
import type { Document, DocumentProposal, ExclusionReason, ImportProposal, Paragraph, ParagraphRole } from "../model/document.ts";

/** What a person changed of one proposed document; what is absent stays as proposed. `skip` leaves it out. */
export type DocumentChange = Partial<
  Pick<DocumentProposal, "title" | "date" | "body" | "language" | "joins" | "exclusions" | "headings" | "first" | "end">
> & { readonly skip?: boolean };

export type AcceptOptions = {
  /** Makes ids: called with the number of the document, and that of the paragraph or undefined for the document itself. */
  readonly makeId: (document: number, paragraph?: number) => string;
  /** Changes by number of the proposed document. */
  readonly changes?: ReadonlyMap<number, DocumentChange>;
};

type OpenParagraph = { text: string; role: ParagraphRole; line: number; exclusion?: ExclusionReason };

/** Han follow each other without a space; Latin words need one. */
function glue(before: string, after: string): string {
  const isLatinSeam = /[\p{Script=Latin}\d,;:.!?)'"’”]$/u.test(before) && /^[\p{Script=Latin}\d('"‘“]/u.test(after);
  // A word hyphenated at the line end keeps its hyphen: only a person knows whether it is part of the word.
  return isLatinSeam && !/\p{Script=Latin}-$/u.test(before) ? `${before} ${after}` : before + after;
}

function assembleParagraphs(proposal: ImportProposal, document: DocumentProposal): OpenParagraph[] {
  const joined = new Set(document.joins.filter((join) => !join.missing).map((join) => join.paragraph));
  const exclusions = new Map(document.exclusions.map((one) => [one.paragraph, one.reason]));
  const headings = new Set(document.headings);
  const paragraphs: OpenParagraph[] = [];
  let open: OpenParagraph | undefined;
  for (let at = document.first; at < document.end; at++) {
    const received = proposal.paragraphs[at];
    if (!received) break;
    const text = received.text.trim();
    const exclusion = exclusions.get(at);
    if (joined.has(at) && open && !exclusion) {
      open.text = glue(open.text, text);
      continue;
    }
    const role = headings.has(at) ? "heading" : received.role;
    const paragraph: OpenParagraph = { text, role, line: received.line, ...(exclusion ? { exclusion } : {}) };
    paragraphs.push(paragraph);
    // A page number between the halves of a paragraph does not close it.
    if (exclusion !== "page-number") open = exclusion ? undefined : paragraph;
  }
  return paragraphs;
}

export function acceptProposal(proposal: ImportProposal, options: AcceptOptions): Document[] {
  return proposal.documents.flatMap((proposed, number): Document[] => {
    const { skip, ...change } = options.changes?.get(number) ?? {};
    if (skip) return [];
    const document: DocumentProposal = { ...proposed, ...change };
    const paragraphs = assembleParagraphs(proposal, document).map((paragraph, position): Paragraph => ({
      id: options.makeId(number, position),
      position,
      ...paragraph,
    }));
    return [
      {
        id: options.makeId(number),
        title: document.title,
        language: document.language,
        paragraphs,
        ...(document.date ? { date: document.date } : {}),
        ...(document.body ? { body: document.body } : {}),
      },
    ];
  });
}
