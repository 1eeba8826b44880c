/**
 * Checks the stored translations of a project against its glossary: every translated row of its source documents, and
 * the rows of its alignments that are confirmed or sure.
 *
 * The work runs in a worker thread. Nothing is stored: a run takes a second or so for thousands of rows, and a stored list
 * would be stale after the next edit. Each finding leads to its row. Ignoring a finding needs a reason and holds while the two texts stay as they are.
 */
import { createHash } from "node:crypto";
import { withoutIgnored } from "../checks/filters.ts";
import type { CheckProfile } from "../checks/filters.ts";
import { groupFindings } from "../checks/group-findings.ts";
import type { FindingGroup } from "../checks/group-findings.ts";
import type { CheckedPair, Finding } from "../model/finding.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IgnoredFinding } from "../storage/job-store.ts";
import { listAlignedPairs } from "./aligned-pairs.ts";
import type { Application } from "./application.ts";
import type { CheckTaskInput, CheckTaskOutput, TermUse } from "./check-task.ts";

export type { CheckProfile, FindingGroup };

/** A finding with what the page needs to lead to its row. `pair` is the id of the segment, or names the aligned row. */
export type PlacedFinding = Finding & {
  readonly documentId: string;
  readonly documentTitle: string;
  readonly segmentId: string;
  /** Present: the pair is a row of an alignment, not of a translation made here. */
  readonly aligned?: { readonly alignment: string; readonly row: number };
  /** Number of the paragraph in its document, from 1. */
  readonly paragraph: number;
  readonly source: string;
  readonly target: string;
};

export type TextsCheck = {
  /** The gravest first; ignored ones left out. */
  readonly groups: readonly (Omit<FindingGroup, "findings"> & { readonly findings: readonly PlacedFinding[] })[];
  readonly findings: readonly PlacedFinding[];
  readonly counts: Readonly<Record<Finding["severity"], number>>;
  readonly ignored: readonly (PlacedFinding & { readonly ignore: IgnoredFinding })[];
  readonly pairs: number;
  /** Of `pairs`, the rows of alignments; and how many more were left out because nobody confirmed them. */
  readonly alignedPairs: number;
  readonly unsurePairs: number;
  readonly uses: readonly TermUse[];
};

export type PlacedPair = CheckedPair & Pick<PlacedFinding, "documentId" | "documentTitle" | "paragraph" | "aligned">;

export type LoadedCheck = {
  readonly task: CheckTaskInput;
  readonly pairs: readonly PlacedPair[];
  readonly unsurePairs: number;
};

export type TextsCheckRequest = { readonly projectId: string; readonly report?: ProgressReporter; readonly signal?: AbortSignal };

const PROFILE_KEY = "checks.profile";

/** Checks everything now and answers what was found; undefined when there is no such project. */
export async function checkTexts(application: Application, request: TextsCheckRequest): Promise<TextsCheck | undefined> {
  const loaded = await loadCheckTask(application, request.projectId);
  if (!loaded) return undefined;
  const output = await application.jobs.runTask("check", loaded.task, {
    ...(request.report ? { onProgress: request.report } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  return arrangeFindings(output, loaded, await application.stores.findings.listIgnored(request.projectId));
}

/** What a run looks at; undefined when there is no such project. */
export async function loadCheckTask(application: Application, projectId: string): Promise<LoadedCheck | undefined> {
  const { stores } = application;
  const project = await stores.projects.find(projectId);
  if (!project) return undefined;
  const documents = new Map(
    (await stores.documents.list({ projectId, side: "source" })).map((document) => [document.id, document]),
  );
  const aligned = await listAlignedPairs(application, projectId);
  const translated = (await stores.segments.listTranslated(projectId)).flatMap((segment): PlacedPair[] => {
    const document = documents.get(segment.documentId);
    if (!document || segment.kind !== "segment") return [];
    return [
      {
        id: segment.id,
        source: segment.source,
        target: segment.target ?? "",
        state: segment.state,
        file: document.id,
        unit: String(segment.paragraph + 1),
        segment: segment.id,
        documentId: document.id,
        documentTitle: document.title,
        paragraph: segment.paragraph + 1,
      },
    ];
  });
  const pairs = [
    ...translated,
    ...aligned.pairs.map(({ alignmentId, group, document, row: number, ...row }): PlacedPair => ({
      id: `group:${alignmentId}:${group}`,
      source: row.source,
      target: row.target,
      state: row.confirmed ? "reviewed" : "translated",
      file: document.id,
      unit: String(row.paragraph),
      documentId: document.id,
      documentTitle: document.title,
      paragraph: row.paragraph,
      aligned: { alignment: alignmentId, row: number },
    })),
  ];
  const { concepts } = await stores.concepts.loadGlossary(projectId);
  const profile = await findCheckProfile(application, projectId);
  const input = { pairs, concepts, sourceLanguage: project.sourceLanguage, targetLanguage: project.targetLanguage };
  const dates = [...documents.values()].flatMap(({ id, date }) => (date === undefined ? [] : [[id, date] as const]));
  return { task: { input, dates, ...(profile ? { profile } : {}) }, pairs, unsurePairs: aligned.unsure };
}

/** Findings with their places, grouped, without those that a person ignores while the texts stay as they were. */
export function arrangeFindings(
  { findings, uses }: CheckTaskOutput,
  { pairs, unsurePairs }: Pick<LoadedCheck, "pairs" | "unsurePairs">,
  ignored: readonly IgnoredFinding[],
): TextsCheck {
  const byId = new Map(pairs.map((pair) => [pair.id, pair]));
  const place = (finding: Finding): readonly PlacedFinding[] => {
    const pair = byId.get(finding.pair);
    if (!pair) return [];
    const { documentId, documentTitle, paragraph, source, target, aligned } = pair;
    const place = { documentId, documentTitle, segmentId: pair.id, paragraph, ...(aligned ? { aligned } : {}) };
    return [{ ...finding, ...place, source, target }];
  };
  const standing = ignored.filter(({ pair, textsHash }) => {
    const texts = byId.get(pair);
    return texts !== undefined && hashTexts(texts) === textsHash;
  });
  const decisions = new Map(standing.map((ignore) => [decisionKey(ignore), ignore]));
  const open = withoutIgnored(findings, standing).flatMap(place);
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { severity } of open) counts[severity]++;
  return {
    findings: open,
    counts,
    pairs: pairs.length,
    alignedPairs: pairs.filter(({ aligned }) => aligned !== undefined).length,
    unsurePairs,
    uses,
    groups: groupFindings(open).map((group) => ({ ...group, findings: group.findings.flatMap(place) })),
    ignored: findings.flatMap((finding) => {
      const ignore = decisions.get(decisionKey(finding));
      return ignore ? place(finding).map((placed) => ({ ...placed, ignore })) : [];
    }),
  };
}

function decisionKey({ rule, pair, subject }: Pick<Finding, "rule" | "pair" | "subject">): string {
  return JSON.stringify([rule, pair, subject]);
}

/** Of both texts: a finding that was ignored comes back when either changes. */
export function hashTexts({ source, target }: { readonly source: string; readonly target: string }): string {
  return createHash("sha256")
    .update(JSON.stringify([source, target]))
    .digest("hex");
}

export type IgnoreRequest = {
  readonly projectId: string;
  readonly author: string;
  readonly rule: string;
  readonly segmentId: string;
  readonly subject: string;
  readonly reason: string;
};

export type IgnoreOutcome =
  | { readonly kind: "ignored"; readonly ignore: IgnoredFinding }
  | { readonly kind: "refused"; readonly code: "not-found" | "reason-missing" };

export async function ignoreFinding(application: Application, request: IgnoreRequest): Promise<IgnoreOutcome> {
  const { stores, clock } = application;
  if (request.reason.trim() === "") return { kind: "refused", code: "reason-missing" };
  const segment = await stores.segments.find(request.segmentId);
  const document = segment ? await stores.documents.findSummary(segment.documentId) : undefined;
  if (!segment || document?.projectId !== request.projectId) return { kind: "refused", code: "not-found" };
  const ignore = await stores.findings.ignore({
    projectId: request.projectId,
    rule: request.rule,
    pair: segment.id,
    subject: request.subject,
    textsHash: hashTexts({ source: segment.source, target: segment.target ?? "" }),
    reason: request.reason.trim(),
    author: request.author,
    at: clock(),
  });
  return { kind: "ignored", ignore };
}

/** Shows a finding again that was ignored. */
export async function stopIgnoringFinding(application: Application, request: Omit<IgnoreRequest, "reason">): Promise<boolean> {
  const { projectId, rule, subject, author, segmentId } = request;
  return application.stores.findings.stopIgnoring({ projectId, rule, subject, author, pair: segmentId, at: application.clock() });
}

export async function findCheckProfile(application: Application, projectId: string): Promise<CheckProfile | undefined> {
  const stored = await application.stores.settings.find(PROFILE_KEY, projectId);
  return typeof stored === "object" && stored !== null && "rules" in stored ? (stored as CheckProfile) : undefined;
}

export async function saveCheckProfile(application: Application, projectId: string, profile: CheckProfile): Promise<void> {
  await application.stores.settings.save({ key: PROFILE_KEY, projectId, value: { rules: { ...profile.rules } } });
}
