/** What belongs to a candidate: variants with their dates, look-alikes and contrast pairs, fillings of a frame. */
import { element, icon } from "../shell/dom.ts";
import { formatInstant, formatNumber, t } from "../shell/strings.ts";
import type { Detail, DetailContext } from "./detail.ts";
import { isFrame } from "./model.ts";
import type { Pair, Row } from "./model.ts";
import { showParts } from "./rows.ts";

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
      quiet([t("candidates:detail.uses", { uses: variant.count }), ...datesOf(variant)].join(" · ")),
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
  if (detail.fillers.length > 0) {
    const fillers = detail.fillers.flatMap(({ text, count }, at) => [
      ...(at === 0 ? [] : [" · "]),
      element("span", { lang: language }, text),
      ...(count === undefined ? [] : [" ", quiet(formatNumber(count))]),
    ]);
    list.append(element("dt", {}, t("candidates:detail.fillers")), element("dd", {}, ...fillers));
  }
  if (list.childElementCount === 0 && isFrame(row)) return element("section", {});
  const body = list.childElementCount > 0 ? list : element("p", { class: "quiet" }, t("candidates:detail.no-family"));
  return element("section", { class: "stack-s" }, sectionTitle(t("candidates:detail.family")), body);
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
