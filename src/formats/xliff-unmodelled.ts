/** Counts what an XLIFF file holds that our model of bilingual files does not, for the list of losses before a conversion. */
import type { Loss } from "../model/diagnostic.ts";
import { parseXml } from "./xml.ts";

/** Elements that `readXliff` carries over, inline ones included. */
const MODELLED = new Set(
  (
    "xliff file body trans-unit unit segment ignorable source target seg-source note notes alt-trans matches match glossary " +
    "glossEntry term translation originalData data mrk g x bx ex bpt ept ph it sub pc sc ec sm em cp header tool seg-defs seg"
  ).split(" "),
);
const SKELETON = new Set(["skl", "skeleton", "internal-file", "external-file"]);

export function countUnmodelled(text: string): readonly Loss[] {
  let groups = 0;
  let skeletons = 0;
  let others = 0;
  parseXml(text, {
    open(tag) {
      if (tag.local === "group") groups += 1;
      else if (SKELETON.has(tag.local)) skeletons += 1;
      else if (!MODELLED.has(tag.local)) others += 1;
    },
  });
  return [
    ...(groups > 0 ? [{ code: "groups", count: groups }] : []),
    ...(skeletons > 0 ? [{ code: "skeleton", count: skeletons }] : []),
    ...(others > 0 ? [{ code: "other-elements", count: others }] : []),
  ];
}
