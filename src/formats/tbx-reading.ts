/** What the readers of the parts of a TBX entry share, and the rules of dialects and styles. */
import type { TermStatus } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import { CATEGORIES, modulesOf, NOTE } from "./tbx-dialect.ts";
import type { TbxModule } from "./tbx-dialect.ts";
import type { TbxReport } from "./tbx-report.ts";
import type { TbxHead, TbxNode } from "./tbx-tree.ts";

/** Shared by the readers of the parts of an entry. */
export type TbxReading = {
  readonly report: TbxReport;
  readonly head: TbxHead;
  readonly isOwn: boolean;
  readonly defaultStatus: TermStatus;
  readonly sourceLanguage: LanguageTag;
  readonly textOf: (node: TbxNode) => string;
};

export function checkHead(head: TbxHead, report: TbxReport): void {
  if (!head.dialect) report.warn("tbx-dialect-missing", head);
  else if (head.version === 3 && !modulesOf(head.dialect)) report.warn("tbx-dialect-unknown", head, { dialect: head.dialect });
  if (head.version === 3 && head.style !== "dca" && head.style !== "dct") report.warn("tbx-style-missing", head);
}

/**
 * Whether an element may stand in a file of this dialect and style; reports when not. Version 2 has its categories in
 * files of its own (XCS), which nobody sends along.
 */
export function checkCategory({ report, head }: TbxReading, node: TbxNode): void {
  if (node.module !== "core" && !(node.module in MODULE_ORDER)) {
    report.tell("warning", "tbx-module-foreign", node, { namespace: node.module });
    return;
  }
  if (head.version === 2) return;
  const isDct = node.module !== "core";
  if (isDct && head.style === "dca") report.error("tbx-style-mixed", node, { name: node.name, style: "DCA" });
  if (!isDct && node.category !== undefined && head.style === "dct" && !STRUCTURE.has(node.name)) {
    report.error("tbx-style-mixed", node, { name: node.name, style: "DCT" });
  }
  const category = node.category ?? "";
  if (!isDct && METAS.has(node.name) && category === "") report.error("tbx-category-missing", node, { name: node.name });
  const allowed = modulesOf(head.dialect ?? "");
  const known = Object.hasOwn(CATEGORIES, category) ? CATEGORIES[category] : undefined;
  if (!allowed || !known || allowed.includes(known.module)) return;
  report.error("tbx-category-not-in-dialect", node, { category, dialect: head.dialect ?? "" });
}

const MODULE_ORDER: Readonly<Record<TbxModule, number>> = { min: 1, basic: 2, linguist: 3 };
const METAS = new Set(["admin", "adminNote", "descrip", "descripNote", "ref", "termNote", "transac", "transacNote", "xref"]);
/** Elements of the core whose `type` is no category. */
const STRUCTURE = new Set(["hi", "ph", "sc", "ec", "p", "item", "itemSet", "refObjectSec", "refObjectList"]);

/** A person's note that had to be marked as theirs. */
export function plainNote(text: string): string {
  return text.startsWith(NOTE.note) ? text.slice(NOTE.note.length) : text;
}
