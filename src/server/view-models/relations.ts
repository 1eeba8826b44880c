/** The relations of an entry as its page groups them, with what tells a contrast apart. */
import type { RelationType } from "../../model/concept.ts";
import { diffTexts } from "../../text/difference.ts";
import type { ShownRelation } from "../../workflow/glossary-relations.ts";

/** How the page calls a relation from this side: `glossary:relation.<name>`. */
export type RelationName =
  | ("contrast" | "contains" | "part-of" | "superseded-by" | "supersedes" | "broader" | "narrower")
  | ("headline-form-of" | "headline-form");

const NAMES: Readonly<Record<RelationType, { readonly from: RelationName; readonly to: RelationName }>> = {
  contrast: { from: "contrast", to: "contrast" },
  "part-of": { from: "part-of", to: "contains" },
  "superseded-by": { from: "superseded-by", to: "supersedes" },
  broader: { from: "broader", to: "narrower" },
  "headline-form-of": { from: "headline-form-of", to: "headline-form" },
};

/** In the order of the page: what prevents mistakes stands first. */
export const RELATION_NAMES: readonly RelationName[] = [
  ...(["contrast", "superseded-by", "supersedes", "contains", "part-of"] as const),
  ...(["broader", "narrower", "headline-form-of", "headline-form"] as const),
];

/** What to ask the API for: a type, and which of the two entries has it. */
export const RELATION_ENDS = Object.fromEntries(
  Object.entries(NAMES).flatMap(([type, { from, to }]) => [
    [to, { type, side: "to" }],
    [from, { type, side: "from" }],
  ]),
);

export type RelationGroup = {
  readonly name: RelationName;
  readonly relations: readonly (ShownRelation & {
    /** The other wording in pieces; of a contrast, those that this entry does not have are marked. */
    readonly pieces: readonly { readonly text: string; readonly differs: boolean }[];
  })[];
};

export function groupRelations(relations: readonly ShownRelation[], headword: string): readonly RelationGroup[] {
  const groups = Map.groupBy(relations, ({ type, side }) => NAMES[type][side]);
  return RELATION_NAMES.flatMap((name) => {
    const group = groups.get(name);
    if (!group) return [];
    return {
      name,
      relations: group.map((one) => ({ ...one, pieces: name === "contrast" ? compare(headword, one.text) : whole(one.text) })),
    };
  });
}

function whole(text: string) {
  return [{ text, differs: false }];
}

function compare(base: string, text: string) {
  const pieces = diffTexts(base, text, { unit: "character" })
    .filter(({ kind }) => kind !== "removed")
    .map((change) => ({ text: change.text, differs: change.kind === "added" }));
  const shared = pieces.reduce((length, piece) => length + (piece.differs ? 0 : piece.text.length), 0);
  // Wordings with little in common are told apart at a glance.
  return shared * 2 >= text.length ? pieces : whole(text);
}
