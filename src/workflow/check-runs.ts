/**
 * Checks of a project as jobs, for the page. What the last run found is kept in memory, not stored: a stored list would
 * be stale after the next edit, and running again takes a second. Ignored findings are looked up anew at each reading.
 *
 * A run whose texts, glossary and settings are those of the kept one is not repeated unless asked for.
 */
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Job } from "../model/job.ts";
import type { IsoInstant } from "../model/span.ts";
import type { IgnoreOutcome, IgnoreRequest, LoadedCheck, TextsCheck } from "./check-texts.ts";
import { arrangeFindings, hashTexts, ignoreFinding, loadCheckTask } from "./check-texts.ts";
import type { CheckTaskOutput } from "./check-task.ts";
import type { Application } from "./application.ts";

type Run = {
  readonly fingerprint: string;
  readonly output: CheckTaskOutput;
  readonly loaded: Pick<LoadedCheck, "pairs" | "unsurePairs">;
  readonly checkedAt: IsoInstant;
  readonly milliseconds: number;
};

export type CheckRun = TextsCheck & Pick<Run, "checkedAt" | "milliseconds">;

export type CheckStart = { readonly kind: "started"; readonly job: Job } | { readonly kind: "current" };

const runs = new WeakMap<Application, Map<string, Run>>();
const running = new WeakMap<Application, Map<string, string>>();

function keptOf<Value>(of: WeakMap<Application, Map<string, Value>>, application: Application): Map<string, Value> {
  const kept = of.get(application) ?? new Map<string, Value>();
  of.set(application, kept);
  return kept;
}

/** Undefined when there is no such project. A run that is under way is answered instead of a second one. */
export async function startCheckRun(
  application: Application,
  request: { readonly projectId: string; readonly label: string; readonly again: boolean },
): Promise<CheckStart | undefined> {
  const { projectId } = request;
  const loaded = await loadCheckTask(application, projectId);
  if (!loaded) return undefined;
  const fingerprint = await fingerprintOf(loaded);
  const known = keptOf(runs, application).get(projectId);
  if (!request.again && known?.fingerprint === fingerprint) return { kind: "current" };
  const under = await application.jobs.find(keptOf(running, application).get(projectId) ?? "");
  if (under?.state === "running" || under?.state === "waiting") return { kind: "started", job: under };
  const start = performance.now();
  const job = await application.jobs.start({
    projectId,
    kind: "check",
    label: request.label,
    task: "check",
    input: loaded.task,
    finish: (output) => {
      keptOf(runs, application).set(projectId, {
        fingerprint,
        output,
        loaded: { pairs: loaded.pairs, unsurePairs: loaded.unsurePairs },
        checkedAt: application.clock(),
        milliseconds: Math.round(performance.now() - start),
      });
      return Promise.resolve(undefined);
    },
  });
  keptOf(running, application).set(projectId, job.id);
  return { kind: "started", job };
}

/** What the last run found; undefined when none has ended since the server was started. */
export async function findCheckRun(application: Application, projectId: string): Promise<CheckRun | undefined> {
  const run = keptOf(runs, application).get(projectId);
  if (!run) return undefined;
  const ignored = await application.stores.findings.listIgnored(projectId);
  const { checkedAt, milliseconds } = run;
  return { ...arrangeFindings(run.output, run.loaded, ignored), checkedAt, milliseconds };
}

/**
 * Ignores a finding of the last run. The texts are those that were checked: when the row has changed since, the person
 * has not seen what stands there now, and the decision does not hold for it.
 */
export async function ignoreInRun(application: Application, request: IgnoreRequest): Promise<IgnoreOutcome> {
  const pair = keptOf(runs, application)
    .get(request.projectId)
    ?.loaded.pairs.find(({ id }) => id === request.segmentId);
  if (!pair) return ignoreFinding(application, request);
  if (request.reason.trim() === "") return { kind: "refused", code: "reason-missing" };
  const { projectId, rule, subject, author } = request;
  const decision = { projectId, rule, subject, author, pair: pair.id, textsHash: hashTexts(pair), reason: request.reason.trim() };
  return { kind: "ignored", ignore: await application.stores.findings.ignore({ ...decision, at: application.clock() }) };
}

const PAIRS_PER_TURN = 1000;

async function fingerprintOf({ task }: LoadedCheck): Promise<string> {
  const hash = createHash("sha256");
  for (const [at, { id, source, target, state }] of task.input.pairs.entries()) {
    hash.update(`${id}\u0000${source}\u0000${target}\u0000${state}\u0001`);
    if (at % PAIRS_PER_TURN === 0) await nextTurn();
  }
  for (const concept of task.input.concepts) hash.update(JSON.stringify(concept));
  await nextTurn();
  return hash.update(JSON.stringify([task.profile ?? {}, task.dates])).digest("hex");
}
