/** What the Translate page is told of similar paragraphs: plain data, no words. */
import type { SimilarParagraph } from "../../workflow/similar-paragraphs.ts";
import type { ChangeView } from "./translate-matches.ts";
import { addressOfLink } from "./unit-address.ts";

export type SimilarView = {
  readonly paragraphs: readonly {
    readonly document: string;
    readonly date?: string;
    readonly address?: string;
    /** From 1. */
    readonly paragraph: number;
    readonly similarity: number;
    /** From that paragraph to the row's. */
    readonly changes: readonly ChangeView[];
    readonly translation?: {
      readonly text: string;
      readonly kind: "translated" | "aligned";
      readonly isConfirmed: boolean;
      readonly address?: string;
    };
  }[];
};

export function viewSimilar(paragraphs: readonly SimilarParagraph[], projectId: string): SimilarView {
  const base = `/p/${encodeURIComponent(projectId)}`;
  return {
    paragraphs: paragraphs.map(({ document, paragraph, similarity, changes, segmentId, translation }) => {
      const row = segmentId === undefined ? "" : `&row=${encodeURIComponent(segmentId)}`;
      const { alignmentId, groupId } = translation ?? {};
      const link = { ...(alignmentId === undefined ? {} : { alignmentId }), ...(groupId === undefined ? {} : { groupId }) };
      const aligned = addressOfLink(link, projectId);
      return {
        document: document.title,
        ...(document.date === undefined ? {} : { date: document.date }),
        address: `${base}/translate?document=${encodeURIComponent(document.id)}${row}`,
        paragraph: paragraph + 1,
        similarity: Math.floor(similarity),
        changes,
        ...(translation
          ? {
              translation: {
                text: translation.text,
                kind: translation.kind,
                isConfirmed: translation.isConfirmed,
                ...(aligned === undefined ? {} : { address: aligned }),
              },
            }
          : {}),
      };
    }),
  };
}
