/** An alignment that came in, as its page shows it: the texts, how its rows are made up, the first of them, what is wrong. */
import type { OpenAlignmentImport } from "../../workflow/alignment-import.ts";
import { joinSegments } from "../../workflow/align-texts.ts";
import type { FileDiagnostic, ReceivedSide } from "../../workflow/received-alignment.ts";

const FEW_ROWS = 40;
const FEW_DIAGNOSTICS = 20;

export type ShownAlignmentImport = {
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** Undefined when the files cannot be read as an alignment. */
  readonly alignment:
    | {
        readonly source: ShownSide;
        readonly target: ShownSide;
        readonly counts: Readonly<Record<"rows" | "pairs" | "sourceOnly" | "targetOnly" | "confirmed", number>>;
        readonly first: readonly {
          readonly number: number;
          readonly source: string;
          readonly target: string;
          readonly ratio: string;
        }[];
      }
    | undefined;
  readonly diagnostics: readonly FileDiagnostic[];
  readonly furtherDiagnostics: number;
};
type ShownSide = { readonly title: string; readonly language: string; readonly sentences: number };

export function showAlignmentImport({ preview, reading }: OpenAlignmentImport): ShownAlignmentImport {
  const { value, diagnostics } = reading;
  const side = ({ title, language, sentences }: ReceivedSide): ShownSide => ({ title, language, sentences: sentences.length });
  const textOf = ({ sentences, language }: ReceivedSide, numbers: readonly number[]) =>
    joinSegments(
      numbers.map((number) => sentences[number]?.text ?? ""),
      language,
    );
  const countOf = (test: (source: number, target: number) => boolean) =>
    value?.rows.filter(({ source, target }) => test(source.length, target.length)).length ?? 0;
  return {
    files: preview.files.map(({ name, size }) => ({ name, size })),
    alignment: value && {
      source: side(value.source),
      target: side(value.target),
      counts: {
        rows: value.rows.length,
        pairs: countOf((source, target) => source > 0 && target > 0),
        sourceOnly: countOf((_source, target) => target === 0),
        targetOnly: countOf((source) => source === 0),
        confirmed: value.rows.filter(({ status }) => status !== "automatic").length,
      },
      first: value.rows.slice(0, FEW_ROWS).map(({ source, target }, at) => ({
        number: at + 1,
        source: textOf(value.source, source),
        target: textOf(value.target, target),
        ratio: `${source.length}:${target.length}`,
      })),
    },
    diagnostics: diagnostics.slice(0, FEW_DIAGNOSTICS),
    furtherDiagnostics: Math.max(0, diagnostics.length - FEW_DIAGNOSTICS),
  };
}
