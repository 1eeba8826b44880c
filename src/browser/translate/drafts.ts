/**
 * Drafts on this computer: written at every key, removed when the server has them. A page that was closed, that
 * crashed or that lost the server finds them again.
 * A private window may keep nothing: then the draft lives as long as the page.
 */
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";

export type Draft = {
  readonly target: string;
  readonly state: TranslationState;
  readonly origin: TargetOrigin;
  /** The revision on which it was written. */
  readonly baseRevision: number;
};

export type DraftShelf = {
  readonly keep: (segmentId: string, draft: Draft) => void;
  readonly drop: (segmentId: string) => void;
  readonly list: () => ReadonlyMap<string, Draft>;
};

export function createDraftShelf(documentId: string): DraftShelf {
  const prefix = `dingyi-draft/${documentId}/`;
  return {
    keep: (segmentId, draft) => attempt(() => localStorage.setItem(prefix + segmentId, JSON.stringify(draft))),
    drop: (segmentId) => attempt(() => localStorage.removeItem(prefix + segmentId)),
    list: () => {
      const found = new Map<string, Draft>();
      attempt(() => {
        for (const key of Object.keys(localStorage)) {
          if (!key.startsWith(prefix)) continue;
          const draft = readDraft(localStorage.getItem(key));
          if (draft) found.set(key.slice(prefix.length), draft);
        }
      });
      return found;
    },
  };
}

function readDraft(text: string | null): Draft | undefined {
  try {
    const { target, state, origin, baseRevision } = JSON.parse(text ?? "") as Partial<Draft>;
    if (typeof target !== "string" || typeof baseRevision !== "number" || !state || !origin) return undefined;
    return { target, state, origin, baseRevision };
  } catch {
    return undefined;
  }
}

/** For what may fail without harm: storage that is full or forbidden. */
export function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The page works without.
  }
}
