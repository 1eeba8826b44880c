/**
 * Finds the body that issued a text, as named in it: in the signature, at the head of the title, in the dateline.
 *
 * Failure policy: undefined when nobody is named; a name is never completed or corrected. Cost: linear in the head.
 */
import type { LineShape } from "./line-shape.ts";
import type { DatedRange } from "./document-dates.ts";
import { DATELINE_START } from "../text/dateline.ts";

const AGENCY = /^[(（【]?(新华社|新華社|中新社|人民日报|人民网|新华网|央视网|中新网|本报|本報|本社)/u;
const CREDITED = /(?:据|據|来源|來源|转自)\s?[:：]?\s?(新华社|新華社|中新社|人民日报|\p{Script=Han}{2,8}(?:社|报|网|电视台))/u;
const LATIN_AGENCY = /\((Xinhua|AP|AFP|Reuters)\)/u;
const NAME_END =
  "(?:常务委员会|委员会|办公厅|办公室|人民政府|国务院|领导小组|指挥部|工作组|政治局|书记处|政协|人大|委員會|辦公廳|辦公室|國務院|領導小組|指揮部|党组|党委|省委|市委|县委|区委|部|厅|局|署|院|中央|政府)";
/** 云溪省人民政府办公厅关于……; 中共中央政治局召开会议. */
const TITLE_HEAD = new RegExp(
  `^(\\p{Script=Han}{1,30}?${NAME_END}(?:[、\\s]\\p{Script=Han}{2,20}?${NAME_END}){0,3})(?=关于|關於|召开|召開|印发|发布|公布|公告|通告|令|致)`,
  "u",
);
const LATIN_TITLE_HEAD =
  /^((?:The )?(?:[A-Z][\w'’]*\s(?:of|the|and|for)?\s?){1,8}(?:Committee|Council|Government|Ministry|Commission|Bureau|Office|Secretariat))\b/u;

export function findIssuingBody(shapes: readonly LineShape[], range: DatedRange): string | undefined {
  // The signature: offices right before the closing date.
  for (let at = range.end - 1; at > range.body && at >= range.end - 6; at--) {
    if (shapes[at]?.kind !== "date-line") continue;
    const names: string[] = [];
    for (let name = at - 1; name > range.body && shapes[name]?.kind === "organization"; name--)
      names.unshift(shapes[name]?.text ?? "");
    if (names.length > 0) return names.join(" ");
  }
  for (const shape of shapes.slice(range.body, Math.min(range.end, range.body + 5))) {
    if (!DATELINE_START.test(shape.text)) continue;
    const name = AGENCY.exec(shape.text)?.[1] ?? LATIN_AGENCY.exec(shape.text)?.[1];
    if (name) return name;
  }
  for (const shape of shapes.slice(range.first, range.body)) {
    if (shape.kind === "organization") return shape.text;
    const name = TITLE_HEAD.exec(shape.text)?.[1] ?? LATIN_TITLE_HEAD.exec(shape.text)?.[1];
    if (name) return name;
  }
  const edges = [...shapes.slice(range.first, range.body), ...shapes.slice(Math.max(range.body, range.end - 3), range.end)];
  for (const shape of edges) {
    const name = shape.kind === "excluded" ? CREDITED.exec(shape.text)?.[1] : undefined;
    if (name) return name;
  }
  return undefined;
}
