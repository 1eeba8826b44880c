/**
 * Guesses the language of a text from its letters: zh, zh-Hant, en, ja, ko, ru, or und.
 *
 * Method: counts by script over the first 20,000 characters; Traditional by characters that Simplified text has not.
 * Failure policy: und when neither Han nor English function words speak for a language. Cost: linear, bounded.
 */
import type { LanguageTag } from "../model/span.ts";

const SAMPLE = 20_000;
/** Frequent characters of official prose that exist in one of the two scripts only. */
const TRADITIONAL =
  /[會國發業員議黨來時個們這為對經濟與實開關強產習務區導現總體書辦領動進還無應機長間說學東車馬門問題點認識設計劃組織統處據見觀決選權師傳達運遠連過適當專兩萬億]/gu;
const SIMPLIFIED =
  /[会国发业员议党来时个们这为对经济与实开关强产习务区导现总体书办领动进还无应机长间说学东车马门问题点认识设计划组织统处据见观决选权师传达运远连过适当专两万亿]/gu;
const ENGLISH_WORD = /\b(?:the|of|and|to|in|for|that|with|is|on|by|be|will|was|has)\b/giu;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

export function detectLanguage(text: string): LanguageTag {
  const sample = text.slice(0, SAMPLE);
  const han = count(sample, /\p{Script=Han}/gu);
  const latin = count(sample, /\p{Script=Latin}/gu);
  const kana = count(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hangul = count(sample, /\p{Script=Hangul}/gu);
  const cyrillic = count(sample, /\p{Script=Cyrillic}/gu);
  const most = Math.max(han, kana, hangul, cyrillic, latin / 4);
  if (most === 0) return "und";
  if (kana > han / 10) return "ja";
  if (hangul === most) return "ko";
  if (cyrillic === most) return "ru";
  if (han === most) return count(sample, TRADITIONAL) > count(sample, SIMPLIFIED) ? "zh-Hant" : "zh";
  const words = count(sample, /\p{Script=Latin}+/gu);
  return count(sample, ENGLISH_WORD) > words / 20 || words < 12 ? "en" : "und";
}
