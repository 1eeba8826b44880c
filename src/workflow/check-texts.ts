/**
 * Checks the stored translations of a project: every translated row of its source documents against its glossary.
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
import type { Application } from "./application.ts";
import type { CheckTaskInput } from "./check-task.ts";

export type { CheckProfile, FindingGroup };

/** A finding with what the page needs to lead to its row. `pair` is the id of the segment. */
export type PlacedFinding = Finding & {
  readonly documentId: string;
  readonly documentTitle: string;
  readonly segmentId: string;
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
};

type PlacedPair = CheckedPair & Pick<PlacedFinding, "documentId" | "documentTitle" | "paragraph">;

export type TextsCheckRequest = { readonly projectId: string; readonly report?: ProgressReporter; readonly signal?: AbortSignal };

const PROFILE_KEY = "checks.profile";

/** Checks everything now and answers what was found; undefined when there is no such project. */
export async function checkTexts(application: Application, request: TextsCheckRequest): Promise<TextsCheck | undefined> {
  const loaded = await loadCheckTask(application, request.projectId);
  if (!loaded) return undefined;
  const findings = await application.jobs.runTask("check", loaded.task, {
    ...(request.report ? { onProgress: request.report } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  return arrange(findings, loaded.pairs, await application.stores.findings.listIgnored(request.projectId));
}

async function loadCheckTask(
  application: Application,
  projectId: string,
): Promise<{ readonly task: CheckTaskInput; readonly pairs: readonly PlacedPair[] } | undefined> {
  const { stores } = application;
  const project = await stores.projects.find(projectId);
  if (!project) return undefined;
  const documents = new Map(
    (await stores.documents.list({ projectId, side: "source" })).map((document) => [document.id, document]),
  );
  const pairs = (await stores.segments.listTranslated(projectId)).flatMap((segment): PlacedPair[] => {
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
  const { concepts } = await stores.concepts.loadGlossary(projectId);
  const profile = await findCheckProfile(application, projectId);
  const input = { pairs, concepts, sourceLanguage: project.sourceLanguage, targetLanguage: project.targetLanguage };
  const dates = [...documents.values()].flatMap(({ id, date }) => (date === undefined ? [] : [[id, date] as const]));
  return { task: { input, dates, ...(profile ? { profile } : {}) }, pairs };
}

function arrange(findings: readonly Finding[], pairs: readonly PlacedPair[], ignored: readonly IgnoredFinding[]): TextsCheck {
  const byId = new Map(pairs.map((pair) => [pair.id, pair]));
  const place = (finding: Finding): readonly PlacedFinding[] => {
    const pair = byId.get(finding.pair);
    if (!pair) return [];
    const { documentId, documentTitle, paragraph, source, target } = pair;
    return [{ ...finding, documentId, documentTitle, segmentId: pair.id, paragraph, source, target }];
  };
  const standing = ignored.filter(({ pair, textsHash }) => {
    const texts = byId.get(pair);
    return texts !== undefined && hashTexts(texts) === textsHash;
  });
  const open = withoutIgnored(findings, standing).flatMap(place);
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { severity } of open) counts[severity]++;
  return {
    findings: open,
    counts,
    pairs: pairs.length,
    groups: groupFindings(open).map((group) => ({ ...group, findings: group.findings.flatMap(place) })),
    ignored: findings.flatMap(place).flatMap((finding) => {
      const ignore = standing.find(
        ({ rule, pair, subject }) => rule === finding.rule && pair === finding.pair && subject === finding.subject,
      );
      return ignore ? [{ ...finding, ignore }] : [];
    }),
  };
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
