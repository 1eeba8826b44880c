/** The rules, in the order in which their findings are shown. */
import { chineseLeft } from "./chinese-left.ts";
import { emptyTarget } from "./empty-target.ts";
import { numbers } from "./numbers.ts";
import { renderingForbidden } from "./rendering-forbidden.ts";
import { renderingMissing } from "./rendering-missing.ts";
import type { Rule } from "./rule.ts";
import { sameSourceDifferentTarget } from "./same-source-different-target.ts";
import { sameTargetDifferentSource } from "./same-target-different-source.ts";

export const RULES: readonly Rule[] = [
  emptyTarget,
  renderingForbidden,
  renderingMissing,
  numbers,
  chineseLeft,
  sameSourceDifferentTarget,
  sameTargetDifferentSource,
];
