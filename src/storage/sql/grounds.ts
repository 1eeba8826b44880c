/** Why something was decided and where it can be seen: what counts as given. */
import type { Grounds, TermContent } from "../concept-store.ts";
import type { Refused } from "../outcomes.ts";

/** Not a citation: nobody has seen the rendering yet. */
const UNSEEN = "proposed";

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Nothing is approved without somewhere to look it up (or `house`) and a reason. */
export function refuseApproval({ reason, citation }: Grounds): Refused | undefined {
  if (citation === undefined || citation === UNSEEN) return { kind: "refused", code: "approval-without-citation" };
  if (reason === undefined) return { kind: "refused", code: "approval-without-reason" };
  return undefined;
}

/** What was given, without blanks; the citation may be an attestation that the term brings with it. */
export function getGrounds({ reason, citation }: Grounds, term: Pick<TermContent, "attestations">): Grounds {
  const seen = isBlank(citation)
    ? term.attestations.find(({ source }) => source !== UNSEEN && !isBlank(source))?.source
    : citation;
  return { ...(reason === undefined || isBlank(reason) ? {} : { reason }), ...(seen === undefined ? {} : { citation: seen }) };
}
