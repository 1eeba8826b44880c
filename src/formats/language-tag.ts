/**
 * Language tags as tools write them. Inside, a tag is kept as it was given; these functions say whether two mean the same
 * (main language and script; region only where both name one and it decides the script) and what to write for CAT tools.
 */
import type { LanguageTag } from "../model/span.ts";

type Parts = { readonly language: string; readonly script: string | undefined; readonly region: string | undefined };

const TRADITIONAL_REGIONS = new Set(["tw", "hk", "mo"]);
/** Names that older tools wrote instead of BCP 47 tags. */
const OLD_SCRIPTS: Readonly<Record<string, string>> = { chs: "hans", cht: "hant" };

function partsOf(tag: LanguageTag): Parts {
  const [language = "", ...rest] = tag.trim().toLowerCase().replaceAll("_", "-").split("-");
  let script: string | undefined;
  let region: string | undefined;
  for (const part of rest) {
    if (OLD_SCRIPTS[part] !== undefined) script ??= OLD_SCRIPTS[part];
    else if (/^[a-z]{4}$/u.test(part)) script ??= part;
    else if (/^(?:[a-z]{2}|\d{3})$/u.test(part)) region ??= part;
  }
  if (language === "zh" && script === undefined && region !== undefined) {
    script = TRADITIONAL_REGIONS.has(region) ? "hant" : "hans";
  }
  return { language, script, region };
}

/** Whether a text in `tag` serves where `wanted` is asked for: "zh_CN" serves "zh-Hans" and "zh", "zh-TW" does not serve "zh-CN". */
export function languageServes(tag: LanguageTag, wanted: LanguageTag): boolean {
  const given = partsOf(tag);
  const asked = partsOf(wanted);
  if (given.language !== asked.language) return false;
  return given.script === undefined || asked.script === undefined || given.script === asked.script;
}

/**
 * How well a text in `tag` serves where `wanted` is asked for: 0 not at all, highest when the tags are the same. Plain
 * Chinese means Simplified where a file has both, and a region that was asked for goes before another.
 */
export function rankLanguage(tag: LanguageTag, wanted: LanguageTag): number {
  if (tag === wanted) return 5;
  if (!languageServes(tag, wanted)) return 0;
  const given = partsOf(tag);
  const asked = partsOf(wanted);
  if (given.region === asked.region && given.script === asked.script) return 4;
  if (asked.region !== undefined && given.region === asked.region) return 3;
  const script = asked.script ?? (asked.language === "zh" ? "hans" : undefined);
  return given.script === script || given.script === undefined ? 2 : 1;
}

/** Main subtag: "zh" of "zh-Hans-CN". */
export function mainLanguage(tag: LanguageTag): string {
  return partsOf(tag).language;
}

/** The tag that CAT tools list: zh-CN, zh-TW, en-US. Any other tag stays as it is. */
export function regionalTag(tag: LanguageTag): LanguageTag {
  const { language, script, region } = partsOf(tag);
  if (region !== undefined) return tag.replaceAll("_", "-");
  if (language === "zh") return script === "hant" ? "zh-TW" : "zh-CN";
  if (language === "en") return "en-US";
  return tag.replaceAll("_", "-");
}
