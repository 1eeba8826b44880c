/** What the candidates page is sent: the list with its decisions, and one candidate with its evidence laid out. */
import { diffTexts } from "../../text/difference.ts";
import type { CandidateDetail, RelatedCandidate } from "../../workflow/candidate-detail.ts";
import type { CandidateOutcome } from "../../workflow/candidate-decisions.ts";
import type { Project } from "../context.ts";
import type { Translate } from "../i18n.ts";
import { layOutTimeline } from "./timeline.ts";
import { drawTimeline } from "./timeline-drawing.ts";

export type Decision = Extract<CandidateOutcome, { readonly kind: "decided" }>["decision"];

/** A decision as the page needs it; `id` is what the next one is based on. */
export type ShownDecision = {
  readonly id: string;
  readonly action: Decision["action"];
  readonly author: string;
  readonly at: string;
  readonly reason?: string;
  /** The head of the entry it was merged into, or the pattern of the frame made of it. */
  readonly partner?: string;
};

export function showDecision({ id, action, author, at, reason, partner }: Decision): ShownDecision {
  return {
    id,
    action,
    author,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(partner === undefined ? {} : { partner }),
  };
}

export type Pairs = CandidateDetail["pairs"];

export function showPairs(pairs: Pairs): readonly object[] {
  return pairs.map(({ text, partner, author, at, reason }) => ({ text, partner, author, at, reason }));
}

export function showDetail(
  detail: CandidateDetail,
  { project, t, language }: { readonly project: Project; readonly t: Translate; readonly language: string },
): object {
  const { candidate, lines, documents } = detail;
  const base = `/p/${encodeURIComponent(project.id)}`;
  const used = new Set(lines.map(({ document }) => document));
  return {
    ...candidate,
    rank: detail.rank,
    evidence: detail.evidence,
    variants: detail.variants,
    contrasts: detail.contrasts.map((contrast) => ({ ...contrast, parts: markDifference(candidate.text, contrast.text) })),
    slots: detail.slots,
    general: detail.general,
    versions: detail.versions,
    pairs: showPairs(detail.pairs),
    tree: layOutTree(detail),
    moreParents: detail.parentCount - detail.parents.length,
    moreChildren: detail.childCount - detail.children.length,
    timeline: showTimeline(detail, { t, language }),
    lines,
    lost: detail.lost,
    documents: Object.fromEntries(
      [...documents.values()]
        .filter(({ id }) => used.has(id))
        .map(({ id, title, date }) => [id, { title, date, address: `${base}/translate?document=${encodeURIComponent(id)}` }]),
    ),
    ...(detail.decision ? { decision: showDecision(detail.decision) } : {}),
    ...(detail.concept
      ? { concept: { ...detail.concept, address: `${base}/glossary/${encodeURIComponent(detail.concept.id)}` } }
      : {}),
  };
}

export type TreeRow = {
  readonly text: string;
  /** 0 is the longest; the page indents by it. */
  readonly depth: number;
  readonly isHere: boolean;
  readonly texts: number;
  readonly alone: number | undefined;
  /** Widths of the bars, of 100. */
  readonly width: number;
  readonly aloneWidth: number;
};

/** Longer ones above, farthest first; shorter ones below, each one step further in. */
function layOutTree({ candidate, parents, children }: CandidateDetail): readonly TreeRow[] {
  const related = [...parents, ...children];
  const most = Math.max(1, candidate.distinctCount, ...related.map(({ distinctCount }) => distinctCount));
  const height = Math.max(0, ...parents.map(({ distance }) => distance));
  const row = (one: Pick<RelatedCandidate, "text" | "distinctCount">, alone: number | undefined, depth: number): TreeRow => ({
    text: one.text,
    depth,
    isHere: one.text === candidate.text,
    texts: one.distinctCount,
    alone,
    width: (100 * one.distinctCount) / most,
    aloneWidth: (100 * (alone ?? one.distinctCount)) / most,
  });
  const above = [...parents].sort((one, other) => other.distance - one.distance);
  return [
    ...above.map((one) => row(one, one.independentCount, height - one.distance)),
    row(candidate, candidate.independentCount, height),
    ...children.map((one) => row(one, one.independentCount, height + one.distance)),
  ];
}

type Part = { readonly text: string; readonly differs: boolean };

/**
 * The other text in pieces, those that the first one does not have marked. Series are compared member by member, whatever
 * their order: of 外防输入、内防扩散 and 内防扩散、外防输出 only 出 differs.
 */
export function markDifference(text: string, other: string): readonly Part[] {
  const members = text.split(SERIES_MARK);
  const parts: Part[] = [];
  other.split(SERIES_MARK).forEach((member, at) => {
    if (at > 0) parts.push({ text: SERIES_MARK, differs: false });
    parts.push(...markMember(findNearest(members, member), member));
  });
  return parts.reduce<Part[]>((joined, part) => {
    const last = joined.at(-1);
    if (last?.differs === part.differs) joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else joined.push(part);
    return joined;
  }, []);
}

const SERIES_MARK = "、";

function markMember(member: string, other: string): readonly Part[] {
  const changes = diffTexts(member, other, { unit: "character" }).filter(({ kind }) => kind !== "removed");
  return changes.map((change) => ({ text: change.text, differs: change.kind === "added" }));
}

/** The one with the most characters in common; the text itself when there is no series. */
function findNearest(members: readonly string[], member: string): string {
  const shared = (one: string) => [...one].filter((character) => member.includes(character)).length;
  return members.reduce((best, one) => (shared(one) > shared(best) ? one : best), members[0] ?? "");
}

function showTimeline(
  { lines, documents }: CandidateDetail,
  { t, language }: { readonly t: Translate; readonly language: string },
): object | undefined {
  const uses = lines.flatMap(({ document, alone }) => {
    const date = documents.get(document)?.date;
    return date === undefined ? [] : [{ date, alone }];
  });
  const timeline = layOutTimeline(uses);
  if (!timeline) return undefined;
  const { total, first, last, most, unit } = timeline;
  const numbers = new Intl.NumberFormat(language);
  const words = t(`candidates:timeline.${unit}`, { count: total, first, last, period: most.period, most: most.count });
  return {
    drawing: drawTimeline(timeline, {
      title: t(`candidates:detail.time.${unit}`),
      description: words,
      formatNumber: (value) => numbers.format(value),
    }),
    unit,
    undated: lines.length - uses.length,
    words,
  };
}
