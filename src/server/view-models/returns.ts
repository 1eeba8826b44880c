/** What came back, as its page takes it: only rows about which there is something to decide, with their place. */
import type { Application } from "../../workflow/application.ts";
import type { ProposedChange } from "../../workflow/import-translations.ts";
import type { OpenTranslation, TakeOutcome } from "../../workflow/return-translations.ts";
import type { MemoryResult, ReturnedMemory, TranslationResult } from "../../workflow/returns.ts";

export type ShownChange = Pick<ProposedChange, "kind" | "source" | "target" | "state"> & {
  /** Number in the plan. */
  readonly at: number;
  readonly stored?: {
    readonly id: string;
    readonly source: string;
    readonly target: string;
    readonly state: string;
    readonly revision: number;
    readonly author: string | undefined;
    readonly changedAt: string | undefined;
    readonly document: string;
    readonly paragraph: number;
  };
};

export type ShownTranslation = {
  readonly name: string;
  readonly counts: Readonly<Record<ProposedChange["kind"], number>>;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly changes: readonly ShownChange[];
  readonly diagnostics: OpenTranslation["plan"]["diagnostics"];
  readonly result: ShownResult | undefined;
};

export type ShownResult = Omit<TranslationResult, "taken"> & { readonly taken: number };

export async function showTranslation(application: Application, { record, plan }: OpenTranslation): Promise<ShownTranslation> {
  const counts = { changed: 0, unchanged: 0, conflict: 0, older: 0, "source-differs": 0, unknown: 0 };
  const changes: ShownChange[] = [];
  plan.changes.forEach(({ kind, source, target, state, stored }, at) => {
    counts[kind] += 1;
    if (kind === "unchanged") return;
    const place = stored && {
      id: stored.id,
      source: stored.source,
      target: stored.target ?? "",
      state: stored.state,
      revision: stored.revision,
      author: stored.author,
      changedAt: stored.changedAt,
      document: stored.documentId,
      paragraph: stored.paragraph + 1,
    };
    changes.push({ at, kind, source, target, state, ...(place ? { stored: place } : {}) });
  });
  const wanted = new Set(changes.flatMap(({ stored }) => (stored ? [stored.document] : [])));
  const documents = await application.stores.documents.list({ projectId: record.projectId, side: "source" });
  return {
    name: record.name,
    counts,
    changes,
    documents: documents.filter(({ id }) => wanted.has(id)).map(({ id, title }) => ({ id, title })),
    diagnostics: plan.diagnostics,
    result: record.result && showResult(record.result),
  };
}

export function showResult({ taken, ...result }: TranslationResult): ShownResult {
  return { ...result, taken: taken.length };
}

/** Of rows that changed meanwhile: both texts and the one before. */
export function showStale(stale: TakeOutcome["stale"]) {
  return stale.map(({ mine, theirs, base }) => ({
    mine,
    base: base ?? "",
    theirs: { id: theirs.id, target: theirs.target ?? "", author: theirs.author, changedAt: theirs.changedAt },
  }));
}

export function showMemory({ name, size, description, jobId }: ReturnedMemory, result: MemoryResult | undefined) {
  return { name, size, description, result, job: jobId };
}
