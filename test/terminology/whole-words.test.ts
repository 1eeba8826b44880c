import fc from "fast-check";
import { expect, it } from "vitest";
import type { Term } from "../../src/model/concept.ts";
import { createTermAutomaton } from "../../src/terminology/term-automaton.ts";
import { keepWholeWords } from "../../src/terminology/whole-words.ts";

const TERMS = ["民生", "交通运输部", "联防联控", "党组", "应急管理部", "防汛", "六稳", "flood"];
const term = (text: string): Term => ({
  ...{ id: text, language: "zh", text, status: "approved", termType: "fullForm", matching: "inflecting", attestations: [] },
});
const plain = createTermAutomaton(TERMS.map((text) => ({ term: term(text), conceptId: text })));
const whole = keepWholeWords(plain);

it.each([
  ["改善人民生活", []],
  ["保障和改善民生", ["民生"]],
  ["各级交通运输部门要加强巡查", []],
  ["交通运输部印发通知", ["交通运输部"]],
  ["落实联防联控机制", ["联防联控"]],
  ["基层党组织要发挥作用", []],
  ["党组会议研究防汛工作", ["党组", "防汛"]],
  ["应急管理部会同水利部", ["应急管理部"]],
  ["做好六稳工作", ["六稳"]],
  ["flood 防汛", ["flood", "防汛"]],
])("finds in %s the terms %j", (text, expected) => {
  expect(whole.recognizeTerms(text).map((match) => match.term.text)).toEqual(expected);
});

it("only takes hits away, whatever the text", () => {
  const unit = fc.constantFrom(...TERMS, "人", "生", "活", "部", "门", "的", "，", " ", "a", "😀", "\ud800");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      const all = plain.recognizeTerms(text);
      for (const match of whole.recognizeTerms(text)) expect(all).toContainEqual(match);
    }),
  );
});
