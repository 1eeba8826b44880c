/** One alignment as a file for other tools: a unit per row, in its order, with what a person made of it as the state. */
import type { AlignmentGroup } from "../model/alignment.ts";
import type { BilingualUnit } from "../model/interchange.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { joinSegments } from "./align-texts.ts";
import { openAlignment } from "./alignments.ts";
import type { OpenAlignment } from "./alignments.ts";
import type { Application } from "./application.ts";
import type { ExportedFile } from "./export-files.ts";
import type { Content } from "./interchange-content.ts";
import { writeContent } from "./write-content.ts";

export const ALIGNMENT_FORMATS = ["tmx", "xliff12", "xliff20", "csv"] as const;
export type AlignmentFormat = (typeof ALIGNMENT_FORMATS)[number];

const EXTENSIONS = { tmx: "tmx", xliff12: "xlf", xliff20: "xlf", csv: "csv" } as const;

type PairedRow = {
  readonly group: AlignmentGroup;
  readonly number: number;
  readonly source: string;
  readonly target: string;
};

/** Undefined when there is no such alignment in the project. */
export async function exportAlignment(
  application: Application,
  request: {
    readonly projectId: string;
    readonly alignmentId: string;
    readonly format: AlignmentFormat;
    readonly onlyConfirmed: boolean;
    readonly toolVersion: string;
  },
): Promise<ExportedFile | undefined> {
  const open = await openAlignment(application, request);
  if (!open) return undefined;
  const rows = listRows(open).filter(({ group }) => !request.onlyConfirmed || group.status !== "automatic");
  const paired = rows.filter(({ source, target }) => source !== "" && target !== "");
  // A translation memory has pairs only; XLIFF can also say that a source has no translation.
  const kept = request.format === "tmx" ? paired : rows.filter(({ source }) => source !== "");
  const content = request.format === "tmx" ? toMemory(open, kept) : toBilingual(open, kept);
  const { text = "", losses } = writeContent(content, request.format, {
    toolVersion: request.toolVersion,
    csv: { bom: true, neutraliseFormulas: true },
  });
  const alone = rows.filter(({ source, target }) => source !== "" || target !== "").length - kept.length;
  const stem = open.source.document.title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 80);
  return {
    name: `${stem}.${EXTENSIONS[request.format]}`,
    text,
    losses: alone > 0 ? [...losses, { code: "without-counterpart", count: alone }] : losses,
    count: kept.length,
  };
}

function listRows({ alignment, source, target }: OpenAlignment): readonly PairedRow[] {
  let sourceAt = 0;
  let targetAt = 0;
  return alignment.state.groups.map((group, index) => {
    const sourceTexts = source.texts.slice(sourceAt, (sourceAt += group.source.length));
    const targetTexts = target.texts.slice(targetAt, (targetAt += group.target.length));
    return {
      group,
      number: index + 1,
      source: joinSegments(sourceTexts, source.document.language),
      target: joinSegments(targetTexts, target.document.language),
    };
  });
}

const stateOf = (group: AlignmentGroup) => (group.status === "automatic" ? "initial" : "reviewed");

function languagesOf({ source, target }: OpenAlignment) {
  return { source: source.document.language, target: target.document.language };
}

function toMemory(open: OpenAlignment, rows: readonly PairedRow[]): Content {
  const languages = languagesOf(open);
  const units = rows.map(({ group, number, source, target }): TranslationUnit => ({
    id: String(number),
    source,
    target,
    sourceLanguage: languages.source,
    targetLanguage: languages.target,
    state: stateOf(group),
    document: open.source.document.title,
  }));
  return { kind: "memory", units, languages, losses: [] };
}

function toBilingual(open: OpenAlignment, rows: readonly PairedRow[]): Content {
  const languages = languagesOf(open);
  const units = rows.map(({ group, number, source, target }): BilingualUnit => ({
    id: `u${number}`,
    notes: [],
    translate: true,
    segments: [
      {
        id: "s1",
        source,
        ...(target === "" ? {} : { target }),
        state: target === "" ? "initial" : stateOf(group),
        sourceCodes: [],
        targetCodes: [],
      },
    ],
  }));
  const { id, title } = open.source.document;
  const file = { id, original: title, sourceLanguage: languages.source, targetLanguage: languages.target, units };
  return { kind: "bilingual", files: [file], losses: [] };
}
