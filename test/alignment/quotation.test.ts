import { describe, expect, it } from "vitest";
import { trackQuotation } from "../../src/alignment/quotation.ts";

/** Sentences in order; after each: opens, closes, inside, marks. */
const TABLE: readonly (readonly (readonly [string, string])[])[] = [
  [["他说：“开会了。", "--i1"], ["大家坐下。”", "-c-1"], ["会议开始。", "---0"]],
  [["'Why not stay?' he asked.", "o--2"], ["'I can't,' she said.", "o--2"], ["It's the farmers' day.", "---0"]],
  [["'Sit down.", "o-i1"], ["It's late,' he said.", "---1"]],
  [["\"We begin,\" he said, \"at once.\"", "oc-4"]],
  [["‘It’s the province’s road,’ he said.", "o--2"]],
  [["“The notice says ‘at once’.”", "oc-4"]],
  [["「开会『马上』开。」", "oc-4"]],
  [["“First paragraph.", "o-i1"], ["“Second paragraph.”", "oc-2"]],
  [["无人开头。”", "-c-1"], ["下一句。", "---0"]],
]; // prettier-ignore

describe("trackQuotation", () => {
  it("tells opening marks, closing marks and apostrophes apart, and knows what is still open", () => {
    for (const sentences of TABLE) {
      const tracker = trackQuotation();
      for (const [sentence, expected] of sentences) {
        const { opens, closes, inside, count } = tracker.read(sentence);
        const seen = `${opens ? "o" : "-"}${closes ? "c" : "-"}${inside ? "i" : "-"}${count}`;
        expect(`${sentence} ${seen}`).toBe(`${sentence} ${expected}`);
      }
    }
  });

  it("forgets what was never closed", () => {
    const tracker = trackQuotation();
    tracker.read("“Open.");
    tracker.forget();
    expect(tracker.read("Plain.").inside).toBe(false);
  });
});
