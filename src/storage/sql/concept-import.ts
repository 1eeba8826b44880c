/**
 * New concepts of a file inside a transaction, table by table: most of the time of many small inserts goes into the statements.
 *
 * Guarantee: what is stored is what creating each concept alone would store, with its lines of history and its decisions in
 * the same order; a concept with an approval that cites nothing is refused, and the others are stored.
 * Cost: O(rows).
 */
import { randomUUID } from "node:crypto";
import type { Insertable } from "kysely";
import type { Grounds, ImportedConcept, NewConcept } from "../concept-store.ts";
import type { Database } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { getConceptContent, getTermContent, toAttestationRow, toSearchKey, toTermRow } from "./concept-rows.ts";
import { toDecisionRow } from "./decisions.ts";
import { getGrounds, refuseApproval } from "./grounds.ts";

type Context = Signed & Grounds & { readonly projectId: string };

type Rows = {
  readonly concepts: Schema["concept"][];
  readonly conceptHistory: Insertable<Schema["concept_history"]>[];
  readonly terms: Schema["term"][];
  readonly termHistory: Insertable<Schema["term_history"]>[];
  readonly attestations: Schema["attestation"][];
  readonly decisions: Insertable<Schema["decision"]>[];
};

export async function importConcepts(
  { trx, insertRows }: { readonly trx: Parameters<Database["insertRows"]>[0]; readonly insertRows: Database["insertRows"] },
  concepts: readonly { readonly concept: NewConcept; readonly position: number }[],
  context: Context,
): Promise<readonly ImportedConcept[]> {
  const rows: Rows = { concepts: [], conceptHistory: [], terms: [], termHistory: [], attestations: [], decisions: [] };
  const outcomes = concepts.map(({ concept, position }) => addConcept(rows, { concept, position }, context));
  await insertRows(trx, "concept", rows.concepts);
  await insertRows(trx, "concept_history", rows.conceptHistory);
  await insertRows(trx, "term", rows.terms);
  await insertRows(trx, "term_history", rows.termHistory);
  await insertRows(trx, "attestation", rows.attestations);
  await insertRows(trx, "decision", rows.decisions);
  return outcomes;
}

function addConcept(
  rows: Rows,
  { concept, position }: { readonly concept: NewConcept; readonly position: number },
  context: Context,
): ImportedConcept {
  const { projectId, author, at } = context;
  for (const term of concept.terms) {
    const refused = term.status === "approved" ? refuseApproval(getGrounds(context, term)) : undefined;
    if (refused) return refused;
  }
  const id = concept.id ?? randomUUID();
  const content = getConceptContent(concept);
  rows.concepts.push({
    id,
    project_id: projectId,
    position,
    kind: content.kind,
    class: content.class ?? null,
    domain: content.domain ?? null,
    note: content.note ?? null,
    head_key: toSearchKey(concept.terms[0]?.text ?? ""),
    paraphrased: content.paraphrased ? 1 : 0,
    revision: 1,
    created_at: at,
    changed_at: at,
    withdrawn_at: null,
  });
  rows.conceptHistory.push({ concept_id: id, revision: 1, content: JSON.stringify(content), author, at });
  const after = concept.terms[0]?.text;
  const grounds = getGrounds(context, { attestations: concept.terms[0]?.attestations ?? [] });
  const imported = { projectId, conceptId: id, action: "import" as const, ...(after === undefined ? {} : { after }), ...grounds };
  rows.decisions.push(toDecisionRow(imported, context));
  for (const [place, term] of concept.terms.entries()) {
    const row = toTermRow(term, { conceptId: id, projectId, position: place });
    rows.terms.push(row);
    rows.termHistory.push({
      term_id: row.id,
      revision: row.revision,
      status: row.status,
      content: JSON.stringify(getTermContent(term)),
      author,
      at,
    });
    rows.attestations.push(...term.attestations.map((one, number) => toAttestationRow(row.id, number, one)));
    if (place === 0) continue;
    const added = { projectId, conceptId: id, termId: row.id, action: "add-term" as const, after: term.text };
    rows.decisions.push(toDecisionRow({ ...added, ...getGrounds(context, term) }, context));
  }
  return { kind: "saved", concept: { id } };
}
