/** What the checks found, as the page takes it: each pair of texts once, findings that point to them, groups in order. */
import type { Finding } from "../../model/finding.ts";
import type { IsoInstant } from "../../model/span.ts";
import type { CheckRun } from "../../workflow/check-runs.ts";
import type { PlacedFinding } from "../../workflow/check-texts.ts";

export type ShownPair = {
  readonly document: string;
  readonly paragraph: number;
  readonly source: string;
  readonly target: string;
  /** Where the row can be mended. */
  readonly address: string;
  readonly aligned: boolean;
};

export type ShownFinding = Omit<Finding, "pair"> & {
  readonly pair: string;
  readonly ignored?: { readonly reason: string; readonly author: string; readonly at: IsoInstant };
};

export type ShownChecks = {
  readonly state: "ready";
  readonly checkedAt: IsoInstant;
  readonly milliseconds: number;
  readonly pairs: number;
  readonly alignedPairs: number;
  readonly unsurePairs: number;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly texts: Readonly<Record<string, ShownPair>>;
  /** Subjects of open findings, the gravest first. */
  readonly groups: readonly string[];
  readonly findings: readonly ShownFinding[];
  readonly uses: CheckRun["uses"];
};

export function showChecks(run: CheckRun, projectId: string): ShownChecks {
  const titles = new Map<string, string>();
  const texts: Record<string, ShownPair> = {};
  const show = (placed: PlacedFinding): ShownFinding => {
    titles.set(placed.documentId, placed.documentTitle);
    texts[placed.pair] ??= {
      document: placed.documentId,
      paragraph: placed.paragraph,
      source: placed.source,
      target: placed.target,
      address: addressOf(placed, projectId),
      aligned: placed.aligned !== undefined,
    };
    const { rule, severity, pair, actual, expected, message, subject } = placed;
    return {
      ...{ rule, severity, pair, expected, message, subject, values: placed.values },
      ...(placed.sourceSpan ? { sourceSpan: placed.sourceSpan } : {}),
      ...(placed.targetSpan ? { targetSpan: placed.targetSpan } : {}),
      ...(actual === undefined ? {} : { actual }),
    };
  };
  const open = run.findings.map(show);
  const ignored = run.ignored.map(({ ignore, ...placed }) => ({
    ...show(placed),
    ignored: { reason: ignore.reason, author: ignore.author, at: ignore.at },
  }));
  const findings = [...open, ...ignored].map((finding) => nameDocument(finding, titles));
  const { checkedAt, milliseconds, pairs, alignedPairs, unsurePairs, uses } = run;
  return {
    ...{ state: "ready", checkedAt, milliseconds, pairs, alignedPairs, unsurePairs, uses, texts, findings },
    documents: [...titles].map(([id, title]) => ({ id, title })),
    groups: run.groups.map(({ subject }) => subject),
  };
}

/** Checks name a place by the id of its document; people know its title. */
export function nameDocument<Named extends Pick<Finding, "values">>(finding: Named, titles: ReadonlyMap<string, string>): Named {
  const title = titles.get(String(finding.values["file"] ?? ""));
  return title === undefined ? finding : { ...finding, values: { ...finding.values, file: title } };
}

function addressOf({ aligned, documentId, segmentId }: PlacedFinding, projectId: string): string {
  const base = `/p/${encodeURIComponent(projectId)}`;
  if (aligned) return `${base}/align/${encodeURIComponent(aligned.alignment)}#row-${String(aligned.row)}`;
  return `${base}/translate?document=${encodeURIComponent(documentId)}&row=${encodeURIComponent(segmentId)}`;
}
