/** Merging, telling apart and making a frame: asks what is missing, then decides. */
import type { Answer } from "../shell/request.ts";
import type { Wish } from "./decisions.ts";
import type { Detail } from "./detail-data.ts";
import { chooseRows, EVERYTHING } from "./model.ts";
import type { Legend, Row } from "./model.ts";
import { askForEntry, askForLookAlike, askForPattern } from "./questions.ts";
import type { EntryChoice } from "./questions.ts";

export type AskingContext = {
  readonly language: string;
  readonly termTypes: readonly string[];
  readonly rows: () => readonly Row[];
  readonly legend: () => Legend;
  readonly runOf: (text: string) => string;
  readonly detailOf: (text: string) => Promise<Answer<Detail> | undefined>;
  readonly partnersOf: (text: string) => readonly string[];
  readonly onWish: (row: Row, wish: Omit<Wish, "reason">) => void;
  readonly onPair: (row: Row, partner: string) => void;
};

export type Questions = {
  readonly merge: (row: Row) => Promise<void>;
  readonly contrast: (row: Row) => Promise<void>;
  readonly makeFrame: (row: Row) => Promise<void>;
};

export function createQuestions(context: AskingContext): Questions {
  const { language, termTypes } = context;
  let recent: EntryChoice | undefined;
  return {
    merge: async (row) => {
      const answer = await askForEntry({ row, run: context.runOf(row.text), language, termTypes, recent });
      if (!answer) return;
      recent = answer.entry;
      const { id, head } = answer.entry;
      context.onWish(row, { action: "merge", concept: id, termType: answer.termType, partner: head });
    },
    contrast: async (row) => {
      const detail = await context.detailOf(row.text);
      const known = new Set(context.partnersOf(row.text));
      const offered = (detail?.ok ? detail.value.contrasts : []).filter(({ text }) => !known.has(text));
      const findRows = (find: string) =>
        chooseRows(context.rows(), { ...EVERYTHING, search: find }, context.legend()).flatMap((at) => context.rows()[at] ?? []);
      const partner = await askForLookAlike({ row, run: context.runOf(row.text), language, offered, findRows });
      if (partner !== undefined) context.onPair(row, partner);
    },
    makeFrame: async (row) => {
      const pattern = await askForPattern({ row, rows: context.rows(), language });
      if (pattern !== undefined) context.onWish(row, { action: "frame", pattern, partner: pattern });
    },
  };
}
