/** What the HTTP API of the glossary answers, as schemas: the OpenAPI document is made from them, a test holds answers to them. */
import { z } from "zod";
import { KINDS, MATCHING, STATUSES, TERM_TYPES, USAGES } from "../../workflow/glossary.ts";
import { RELATION_TYPES } from "../../workflow/glossary-relations.ts";

const text = z.string();
const optional = text.optional();
const count = z.int().min(0);
const instant = text.meta({ format: "date-time" });
const status = z.enum(STATUSES);
const usage = z.enum(USAGES).optional();
const signed = { author: text, at: instant };

const attestation = z.object({
  source: text,
  place: optional,
  date: optional,
  link: optional,
  sourceQuotation: optional,
  targetQuotation: optional,
});
const termFields = {
  id: text,
  language: text,
  text,
  status,
  termType: z.enum(TERM_TYPES),
  matching: z.enum(MATCHING),
  usage,
  partOfSpeech: optional,
  validFrom: optional,
  validUntil: optional,
  note: optional,
};
const waitingApproval = z.object({ ...signed, reason: optional, citation: optional });

export const term = z.object({
  ...termFields,
  conceptId: text,
  revision: count,
  attestations: z.array(attestation),
  supersededBy: optional,
  waitingApproval: waitingApproval.optional(),
});

const relation = z.object({ type: z.enum(RELATION_TYPES), conceptId: text, note: optional });
const conceptFields = { kind: z.enum(KINDS), class: optional, domain: optional, note: optional };

export const concept = z.object({
  id: text,
  projectId: text,
  ...conceptFields,
  paraphrased: z.boolean().optional(),
  revision: count,
  createdAt: instant,
  changedAt: instant,
  terms: z.array(term),
  relations: z.array(relation).optional(),
  relatedFrom: z.array(relation).optional(),
});

export const decision = z.object({
  id: text,
  conceptId: text,
  termId: optional,
  action: text,
  before: optional,
  after: optional,
  reason: optional,
  citation: optional,
  successorId: optional,
  otherConceptId: optional,
  undoes: optional,
  ...signed,
});

export const source = z.object({ id: text, body: text, title: text, date: optional, locator: optional, kind: optional });
const shownRelation = relation.extend({ side: z.enum(["from", "to"]), text, language: text });
const comment = z.object({
  id: text,
  conceptId: text,
  termId: optional,
  kind: z.enum(["comment", "resolve", "reopen"]),
  threadId: optional,
  text,
  ...signed,
});
const thread = z.object({ opening: comment, answers: z.array(comment), resolved: z.object(signed).optional() });

const row = z.object({
  id: text,
  headword: text,
  language: text,
  status: status.optional(),
  kind: z.enum(KINDS),
  domain: optional,
  renderings: z.array(z.object({ text, language: text, status, usage })),
  changedAt: instant,
  paraphrased: z.boolean(),
  waiting: z.boolean(),
  openThreads: count,
});

const level = z.object({ id: text, name: optional, bodies: z.array(text), kinds: z.array(text) });
const shownSource = z.object({
  kind: z.enum(["source", "text", "house", "proposed"]),
  body: text,
  title: optional,
  date: optional,
  locator: optional,
  link: optional,
});
const whyTerm = z.object({
  ...termFields,
  citations: z.array(
    attestation.omit({ source: true }).extend({
      written: text,
      source: shownSource,
      level: z.object({ rank: z.int().min(1), id: text, name: optional }).optional(),
    }),
  ),
  decided: z.object({ ...signed, reason: optional, citation: optional }).optional(),
  proposedBy: z.object(signed).optional(),
  successor: z.object({ id: text, text, language: text }).optional(),
  waitingApproval: waitingApproval.optional(),
});
const side = z.object({ termId: text, text, language: text, status, rank: z.int().min(1).optional() });
const step = z.object({
  id: text,
  what: text,
  ...signed,
  text: optional,
  language: optional,
  before: status.optional(),
  after: status.optional(),
  fields: z.array(z.object({ name: text, before: text, after: text })),
  reason: optional,
  citation: shownSource.optional(),
  successorId: optional,
  otherConceptId: optional,
  undoes: optional,
  successorText: optional,
  otherText: optional,
  undoneStep: count.optional(),
});

export const listAnswer = z.object({ rows: z.array(row), total: count, offset: count });
export const countsAnswer = z.object({
  all: count,
  unsettled: count,
  paraphrased: count,
  waiting: count,
  statuses: z.record(status, count),
});
export const createdAnswer = z.object({ concept: text });
export const conceptsAnswer = z.object({ concepts: z.array(concept) });
export const entryAnswer = z.object({ concept, relations: z.array(shownRelation) });
export const conceptAnswer = z.object({ kind: z.literal("saved"), concept });
export const termAnswer = z.object({ kind: z.literal("saved"), concept, term });
export const decidedAnswer = z.object({ kind: z.literal("saved"), concept, term, decision });
export const undoneAnswer = z.object({ undone: text });
export const historyAnswer = z.object({ decisions: z.array(decision) });
export const relationsAnswer = z.object({ relations: z.array(shownRelation) });
export const threadsAnswer = z.object({ threads: z.array(thread) });
export const newsAnswer = z.object({
  items: z.array(
    z.object({
      conceptId: text,
      decisions: count,
      comments: count,
      lastAuthor: text,
      lastAt: instant,
      concept: concept.optional(),
    }),
  ),
  total: count,
  since: instant.optional(),
});
export const rulesAnswer = z.object({ fourEyes: z.boolean(), authorities: z.array(level), setBy: z.object(signed).optional() });
export const transitionsAnswer = z.object({
  transitions: z.array(
    z.object({ from: status, to: status, action: text, needs: z.array(z.enum(["reason", "citation", "successor"])) }),
  ),
});
export const exportAnswer = z.object({ version: count, sources: z.array(source), concepts: z.array(concept) });
export const whyAnswer = z.object({
  project: z.object({ id: text, name: text }),
  sourceLanguage: text,
  targetLanguage: text,
  concept: z.object({ id: text, ...conceptFields, paraphrased: z.boolean() }),
  headword: z.object({ text, language: text }),
  rendering: whyTerm.optional(),
  forms: z.array(whyTerm),
  renderings: z.array(whyTerm),
  relations: z.array(shownRelation),
  conflicts: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("several-approved"), usage, terms: z.array(side) }),
      z.object({ kind: z.literal("sources-differ"), usage, terms: z.array(side) }),
      z.object({
        kind: z.literal("shared-rendering"),
        terms: z.array(side),
        others: z.array(z.object({ conceptId: text, text })),
      }),
    ]),
  ),
  decisions: z.array(step),
  openThreads: z.array(thread),
});
/** `details` of a stale save are what was sent, what is stored and what both began with; of a refusal its code. */
export const errorAnswer = z.object({
  error: z.object({ code: text, message: text, details: z.looseObject({}).optional() }),
});
