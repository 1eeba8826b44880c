/** Every change of the tables, in order. A migration that was ever released is never edited. */
import type { Migration } from "kysely/migration";
import * as texts from "./0001-texts.ts";
import * as glossary from "./0002-glossary.ts";
import * as pairsAndWork from "./0003-pairs-and-work.ts";
import * as candidates from "./0004-candidates.ts";
import * as vetting from "./0005-vetting.ts";
import * as readings from "./0006-readings.ts";
import * as renderings from "./0007-renderings.ts";
import * as noReplacing from "./0008-no-replacing.ts";
import * as memorySteps from "./0009-memory-steps.ts";
import * as editedSentences from "./0010-edited-sentences.ts";
import * as memoryUse from "./0011-memory-use.ts";
import * as alignmentRemoval from "./0012-alignment-removal.ts";

export const migrations: Readonly<Record<string, Migration>> = {
  "0001-texts": texts,
  "0002-glossary": glossary,
  "0003-pairs-and-work": pairsAndWork,
  "0004-candidates": candidates,
  "0005-vetting": vetting,
  "0006-readings": readings,
  "0007-renderings": renderings,
  "0008-no-replacing": noReplacing,
  "0009-memory-steps": memorySteps,
  "0010-edited-sentences": editedSentences,
  "0011-memory-use": memoryUse,
  "0012-alignment-removal": alignmentRemoval,
};
