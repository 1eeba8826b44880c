/** What the Translate page is told of rows, their help and their history: plain data, no words. */
import type { Finding } from "../../model/finding.ts";
import type { Span } from "../../model/span.ts";
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";
import type { Term, TermStatus } from "../../model/concept.ts";
import { diffTexts } from "../../text/difference.ts";
import type { RowTerm } from "../../workflow/row-terms.ts";
import type { RowHelp } from "../../workflow/translation-help.ts";
import type { RowRevision, StoredRow } from "../../workflow/translations.ts";
import { viewFragment, viewMatch } from "./translate-matches.ts";
import type { ChangeView, FragmentView, MatchView } from "./translate-matches.ts";

/** Fields that are empty are left out: a document may have 10,000 rows. */
export type RowView = {
  readonly id: string;
  readonly source: string;
  readonly target?: string;
  readonly state: TranslationState;
  readonly origin?: TargetOrigin;
  readonly revision: number;
  readonly author?: string;
  readonly changedAt?: string;
};

export type RenderingView = {
  readonly text: string;
  readonly status: TermStatus;
  readonly usage?: string;
  readonly note?: string;
};

export type HintView = {
  readonly conceptId: string;
  readonly text: string;
  readonly status: TermStatus;
  /** 0 for the longest at its place, at most 2. */
  readonly depth: number;
  /** The best first: that one is inserted by the key. */
  readonly renderings: readonly RenderingView[];
  readonly avoid: readonly RenderingView[];
};

export type FindingView = Pick<Finding, "rule" | "severity" | "message" | "values" | "expected" | "targetSpan" | "subject">;

export type HelpView = {
  readonly hints: readonly HintView[];
  readonly matches: readonly MatchView[];
  readonly fragments: readonly FragmentView[];
  readonly findings: readonly FindingView[];
};

export type RevisionView = {
  readonly revision: number;
  readonly target: string;
  readonly state: TranslationState;
  readonly origin?: TargetOrigin;
  readonly author: string;
  readonly at: string;
  /** From the revision before. */
  readonly changes: readonly ChangeView[];
};

export function viewRow({ id, source, target, state, origin, revision, author, changedAt }: StoredRow): RowView {
  return {
    id,
    source,
    state,
    revision,
    ...(target === undefined || target === "" ? {} : { target }),
    ...(origin === undefined ? {} : { origin }),
    ...(author === undefined ? {} : { author }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

export function viewHelp(help: RowHelp, targetLanguage: string): HelpView {
  return {
    hints: arrangeHints(help.terms, targetLanguage),
    matches: help.matches.map(viewMatch),
    fragments: help.fragments.map(viewFragment),
    findings: help.findings.map(viewFinding),
  };
}

export function viewFinding({ rule, severity, message, values, expected, targetSpan, subject }: Finding): FindingView {
  return { rule, severity, message, values, expected, subject, ...(targetSpan ? { targetSpan } : {}) };
}

/** Oldest first in, newest first out. */
export function viewHistory(revisions: readonly RowRevision[]): readonly RevisionView[] {
  return revisions
    .map(({ revision, target = "", state, origin, author, at }, place): RevisionView => {
      const before = revisions[place - 1]?.target ?? "";
      const changes = diffTexts(before, target).map(({ kind, text }) => ({ kind, text }));
      return { revision, target, state, author, at, changes, ...(origin === undefined ? {} : { origin }) };
    })
    .reverse();
}

const ORDER: readonly TermStatus[] = ["approved", "admitted", "proposed", "candidate"];
const AVOIDED: ReadonlySet<TermStatus> = new Set(["forbidden", "deprecated", "superseded"]);

/** The longest first; what lies within a longer one follows it. */
function arrangeHints(terms: readonly RowTerm[], targetLanguage: string): readonly HintView[] {
  const placed = terms.flatMap(({ concept, matches }) => {
    const [first] = matches.toSorted((one, other) => one.depth - other.depth || one.start - other.start);
    return first ? [{ concept, match: first }] : [];
  });
  const lengthOf = ({ start, end }: Span) => end - start;
  const outermost = (span: Span) => {
    const around = placed.map(({ match }) => match).filter((match) => match.start <= span.start && span.end <= match.end);
    return around.reduce((longest: Span, match) => (lengthOf(match) > lengthOf(longest) ? match : longest), span);
  };
  return placed
    .map((one) => ({ ...one, outer: outermost(one.match) }))
    .sort(
      (one, other) =>
        lengthOf(other.outer) - lengthOf(one.outer) ||
        one.outer.start - other.outer.start ||
        lengthOf(other.match) - lengthOf(one.match) ||
        one.match.start - other.match.start,
    )
    .map(({ concept, match }): HintView => {
      const targets = concept.terms.filter(({ language }) => mainLanguage(language) === mainLanguage(targetLanguage));
      return {
        conceptId: concept.id,
        text: match.term.text,
        status: match.term.status,
        depth: Math.min(2, match.depth),
        renderings: targets
          .filter(({ status }) => ORDER.includes(status))
          .sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status))
          .map(viewRendering),
        avoid: targets.filter(({ status }) => AVOIDED.has(status)).map(viewRendering),
      };
    });
}

function mainLanguage(tag: string): string | undefined {
  return tag.toLowerCase().split("-")[0];
}

function viewRendering({ text, status, usage, note }: Term): RenderingView {
  return { text, status, ...(usage === undefined ? {} : { usage }), ...(note === undefined || note === "" ? {} : { note }) };
}
