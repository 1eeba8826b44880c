/** The weight of sources: by body, then by kind, in the order of the project's list. */
import { expect, it } from "vitest";
import type { Source } from "../../src/model/concept.ts";
import { DEFAULT_AUTHORITIES, findStanding, rankTerm } from "../../src/terminology/authority.ts";

const sources = new Map<string, Source>(
  [
    { id: "W", body: "Yunxi Province", title: "White paper", kind: "White Paper" },
    { id: "N", body: "Yunxi Daily", title: "Page", kind: "news agency" },
    { id: "U", body: "Somebody", title: "Blog" },
  ].map((source) => [source.id, source]),
);

it.each([
  ["W", "issuer", 2],
  ["N", "media", 3],
  ["house", "house", 5],
  ["U", "seen", 6],
  ["a book that is not in the list", "seen", 6],
  ["proposed", undefined, undefined],
])("places %s among the levels a project begins with", (citation, id, rank) => {
  const standing = findStanding(citation, { sources, levels: DEFAULT_AUTHORITIES });
  expect([standing.level?.id, standing.rank]).toEqual([id, rank]);
});

it("lets a level that names the body go before one that names the kind, and ranks a term by its best citation", () => {
  const levels = [...DEFAULT_AUTHORITIES, { id: "low", bodies: ["ＹＵＮＸＩ daily"], kinds: [] }];
  expect(findStanding("N", { sources, levels }).rank).toBe(7);
  const attestations = ["N", "W", "proposed"].map((source) => ({ source }));
  expect(rankTerm({ attestations }, { sources, levels })).toBe(2);
  expect(rankTerm({ attestations: [] }, { sources, levels })).toBeUndefined();
  expect(findStanding("U", { sources, levels: [] }).rank).toBeUndefined();
});
