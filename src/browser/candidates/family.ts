/** What belongs to a candidate: variants with their dates, look-alikes and contrast pairs, fillings of a frame. */
import type { FrameSlot } from "../../model/formulation.ts";
import { element, icon } from "../shell/dom.ts";
import { formatInstant, formatNumber, hasWords, t } from "../shell/strings.ts";
import type { Detail, DetailContext } from "./detail-data.ts";
import { isFrame } from "./model.ts";
import type { Pair, Row } from "./model.ts";
import { showParts, showText } from "./rows.ts";

type Item = readonly (Node | string)[];

export function sectionTitle(words: string, note?: string): HTMLElement {
  return element(
    "h3",
    { class: "section-title" },
    words,
    note === undefined ? undefined : element("span", { class: "quiet" }, ` · ${note}`),
  );
}

export function familySection(row: Row, detail: Detail, context: DetailContext): HTMLElement {
  const { language } = context;
  const list = element("dl", { class: "dl" });
  const add = (name: string, items: readonly Item[]) => {
    if (items.length === 0) return;
    list.append(element("dt", {}, name), element("dd", {}, ...items.map((item) => element("div", { class: "line" }, ...item))));
  };
  const partners = new Map(detail.pairs.map((pair) => [pair.text === row.text ? pair.partner : pair.text, pair]));
  add(
    t("candidates:detail.variants"),
    detail.variants.map((variant) => [
      element("span", { lang: language }, variant.text),
      quiet([...kindOf(variant), t("candidates:detail.uses", { uses: variant.count }), ...datesOf(variant)].join(" · ")),
    ]),
  );
  add(
    t("candidates:detail.pairs"),
    [...partners].map(([partner, pair]) => pairItem(partner, pair, context)),
  );
  add(
    t("candidates:detail.look-alikes"),
    detail.contrasts
      .filter(({ text }) => !partners.has(text))
      .map(({ text, parts, distinctCount }) => [
        linkTo(text, showParts(parts), context),
        quiet(distinctCount === undefined ? "" : formatNumber(distinctCount)),
        element(
          "button",
          { class: "btn btn-s btn-quiet", type: "button", "data-pair": text },
          icon("swap"),
          t("candidates:contrast.short"),
          element("span", { class: "visually-hidden" }, ` ${text}`),
        ),
      ]),
  );
  if (detail.general !== undefined) {
    add(t("candidates:detail.general"), [[linkTo(detail.general, showText(detail.general), context)]]);
  }
  add(
    t("candidates:detail.versions"),
    detail.versions.map(({ pattern, count }) => [linkTo(pattern, showText(pattern), context), quiet(formatNumber(count))]),
  );
  for (const slot of detail.slots) {
    const name = t("candidates:detail.fillers", { slot: slot.name });
    list.append(element("dt", {}, name), element("dd", {}, ...slotItems(slot, language)));
  }
  if (list.childElementCount === 0 && isFrame(row)) return element("section", {});
  const body = list.childElementCount > 0 ? list : element("p", { class: "quiet" }, t("candidates:detail.no-family"));
  return element("section", { class: "stack-s" }, sectionTitle(t("candidates:detail.family")), body);
}

function slotItems({ fillers, others }: FrameSlot, language: string): readonly (Node | string)[] {
  const items = fillers.flatMap(({ text, count }, at) => [
    ...(at === 0 ? [] : [" · "]),
    element("span", { lang: language }, text),
    ...(count > 1 ? [" ", quiet(formatNumber(count))] : []),
  ]);
  return others > 0 ? [...items, " · ", quiet(t("candidates:detail.other-fillers", { count: others }))] : items;
}

function kindOf({ kind }: Detail["variants"][number]): readonly string[] {
  return kind !== undefined && hasWords(`candidates:variant.${kind}`) ? [t(`candidates:variant.${kind}`)] : [];
}

function quiet(words: string): HTMLElement {
  return element("span", { class: "quiet" }, words);
}

function datesOf({ firstDate, lastDate }: Detail["variants"][number]): readonly string[] {
  if (firstDate === undefined) return [];
  if (lastDate === undefined || lastDate === firstDate) return [firstDate];
  return [t("candidates:detail.span", { first: firstDate, last: lastDate })];
}

/** A link when the list has it. */
function linkTo(text: string, content: Item, { language, rowOf }: DetailContext): HTMLElement {
  if (!rowOf(text)) return element("span", { lang: language }, ...content);
  const address = `?at=${encodeURIComponent(text)}`;
  return element("a", { class: "cand-twin", href: address, "data-at": text, lang: language }, ...content);
}

function pairItem(partner: string, pair: Pair, context: DetailContext): Item {
  const by = t("candidates:decide.by", {
    state: t("candidates:contrast.state"),
    author: pair.author,
    at: formatInstant(new Date(pair.at)),
  });
  return [
    linkTo(partner, [partner], context),
    quiet(pair.reason === undefined ? by : t("candidates:reason", { class: by, reason: pair.reason })),
    element(
      "button",
      { class: "btn btn-s btn-quiet", type: "button", "data-unpair": partner },
      t("candidates:contrast.take-back"),
      element("span", { class: "visually-hidden" }, ` ${partner}`),
    ),
  ];
}
