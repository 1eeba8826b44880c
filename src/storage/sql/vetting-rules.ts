/** How a project decides: the last rules that were set. */
import type { VettingRules } from "../../model/vetting.ts";
import type { Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import { parseJson } from "./rows.ts";

export async function findRules(db: Query, projectId: string): Promise<(Signed & { readonly rules: VettingRules }) | undefined> {
  const row = await db
    .selectFrom("vetting_rules")
    .select(["rules", "author", "at"])
    .where("project_id", "=", projectId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { rules: parseJson<VettingRules>(row.rules), author: row.author, at: row.at };
}

/** Four eyes: nobody approves what they proposed themselves. */
export async function needsSecondPerson(db: Query, projectId: string): Promise<boolean> {
  return (await findRules(db, projectId))?.rules.fourEyes ?? false;
}
