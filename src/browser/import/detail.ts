/** The right pane: one proposed document with everything about it that a person may change. */
import { element, icon } from "../shell/dom.ts";
import { formatNumber, hasWords, t } from "../shell/strings.ts";
import { languageOf, notice } from "./list.ts";
import { inside, touchesPrevious } from "./model.ts";
import type { DocumentChoice, PreviewedFile, Proposed, ShownExclusion, ShownJoin, ShownParagraph } from "./model.ts";

export type DetailEvents = {
  readonly onChange: (change: Partial<DocumentChoice>) => void;
  readonly onJoin: (paragraph: number, accepted: boolean) => void;
  readonly onExclusion: (paragraph: number, accepted: boolean) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onMerge: () => void;
  readonly onSplit: (paragraph: ShownParagraph) => void;
  readonly loadParagraphs: (first: number, end: number) => Promise<readonly ShownParagraph[]>;
};

export type Detail = {
  readonly file: PreviewedFile;
  readonly at: number;
  readonly document: DocumentChoice;
  readonly events: DetailEvents;
};

const LANGUAGES = ["zh", "zh-Hant", "en", "fr", "de", "es", "ru", "ja", "ko", "ar", "pt", "it"];
const PIECE = 200;

export function showDetail(detail: Detail): HTMLElement[] {
  const { file, document } = detail;
  const proposed = file.proposed.find(({ first }) => first === document.first);
  return [
    metadataForm(detail, proposed),
    versionSection(document, proposed),
    boundarySection(detail),
    joinSection(detail),
    exclusionSection(detail),
    widthSection(file),
  ].filter((section) => section !== undefined);
}

function metadataForm({ document, events }: Detail, proposed: Proposed | undefined): HTMLElement {
  const title = field("import:field.title", { lang: languageOf(document), value: document.title }, (value) =>
    events.onChange({ title: value }),
  );
  const date = field("import:field.date", { type: "date", value: document.date ?? "" }, (value) =>
    events.onChange({ date: value || undefined }),
  );
  const body = field("import:field.body", { lang: languageOf(document), value: document.body ?? "" }, (value) =>
    events.onChange({ body: value || undefined }),
  );
  const languages = LANGUAGES.includes(document.language) ? LANGUAGES : [document.language, ...LANGUAGES];
  const language = choice(
    "import:field.language",
    languages.map((tag) => [tag, languageName(tag)]),
    document.language,
    (value) => events.onChange({ language: value }),
  );
  const side = choice(
    "import:field.side",
    [
      ["source", t("library:side.source")],
      ["target", t("library:side.target")],
    ],
    document.side,
    (value) => events.onChange({ side: value === "target" ? "target" : "source" }),
  );
  const form = element(
    "section",
    { class: "form" },
    title,
    element("div", { class: "form-row" }, date, body),
    element("div", { class: "form-row" }, language, side),
  );
  const why = dateWords(proposed);
  if (why) form.append(element("p", { class: "hint" }, why));
  return form;
}

function languageName(tag: string): string {
  return hasWords(`common:languages.${tag}`) ? t(`common:languages.${tag}`) : tag;
}

function dateWords(proposed: Proposed | undefined): string | undefined {
  const evidence = proposed?.dateEvidence;
  if (!evidence) return undefined;
  const key = `import:date.${evidence.code}`;
  if (!hasWords(key)) return undefined;
  const found = evidence.values?.["found"];
  const foundKey = `import:date.${String(found)}`;
  return t(key, { ...evidence.values, ...(found !== undefined && hasWords(foundKey) ? { found: t(foundKey) } : {}) });
}

function versionSection(document: DocumentChoice, proposed: Proposed | undefined): HTMLElement | undefined {
  const version = proposed?.versionOf;
  if (!version) return undefined;
  const key = version.document.startsWith("#") ? "import:version-in-batch" : "import:version-stored";
  const told = t(key, { title: version.title, percent: formatNumber(Math.floor(version.containment * 100)) });
  return notice("is-warn", "s-warn", document.accepted ? told : t("import:version-left-out", { told }));
}

/** Where the document begins: moved, taken back, or another one begun inside. */
function boundarySection(detail: Detail): HTMLElement {
  const { file, document, at, events } = detail;
  const section = element("section", { class: "stack-m" }, element("h3", { class: "section-title" }, t("import:boundary.title")));
  if (touchesPrevious(file.choice, at)) {
    section.append(
      element(
        "div",
        { class: "btn-row" },
        button("import:boundary.earlier", "up", () => events.onMove(-1)),
        button("import:boundary.later", "dn", () => events.onMove(1)),
        button("import:boundary.merge", "merge", events.onMerge),
      ),
    );
  }
  const list = element("ol", { class: "import-paragraphs" });
  const details = element(
    "details",
    { class: "import-text" },
    element("summary", {}, icon("right"), t("import:boundary.show", { count: document.end - document.first })),
    list,
  );
  let next = document.first;
  const loadMore = async () => {
    const loaded = await events.loadParagraphs(next, Math.min(document.end, next + PIECE));
    list.querySelector("[data-more]")?.remove();
    list.append(...loaded.map((paragraph) => paragraphItem(paragraph, detail)));
    next += Math.max(1, loaded.length);
    if (next >= document.end) return;
    const more = button("import:boundary.more", "down", () => void loadMore());
    list.append(element("li", { "data-more": true }, more));
  };
  details.addEventListener("toggle", () => {
    if (details.open && list.childElementCount === 0) void loadMore();
  });
  section.append(details);
  return section;
}

function paragraphItem(paragraph: ShownParagraph, { document, events }: Detail): HTMLElement {
  const item = element(
    "li",
    {},
    element("span", { class: "quiet tiny num" }, formatNumber(paragraph.line)),
    element("span", { class: "import-words", lang: languageOf(document) }, paragraph.text),
  );
  if (paragraph.number > document.first) {
    const label = t("import:boundary.split");
    const split = element(
      "button",
      { class: "btn btn-s btn-icon", type: "button", title: label, "aria-label": label },
      icon("split"),
    );
    split.addEventListener("click", () => events.onSplit(paragraph));
    item.append(split);
  }
  return item;
}

function joinSection({ file, document, events }: Detail): HTMLElement | undefined {
  const joins = inside(file.joins, document);
  if (joins.length === 0) return undefined;
  const items = joins.map((join) => joinItem(join, document, !file.choice.rejectedJoins.includes(join.paragraph), events));
  return element(
    "section",
    { class: "stack-m" },
    element("h3", { class: "section-title" }, t("import:joins", { count: joins.length })),
    ...items,
  );
}

function joinItem(join: ShownJoin, document: DocumentChoice, accepted: boolean, events: DetailEvents): HTMLElement {
  const box = element("input", { type: "checkbox", "data-join": join.paragraph });
  box.checked = accepted;
  const seam = element("span", { class: "cut" });
  box.addEventListener("change", () => events.onJoin(join.paragraph, box.checked));
  return element(
    "label",
    { class: "check" },
    box,
    element(
      "span",
      { class: "join-proof grow" },
      element("span", { lang: languageOf(document) }, "…", join.before, seam, join.after, "…"),
      element("span", { class: "hint" }, t(`import:join.${join.reason}`, { line: join.line })),
    ),
  );
}

function exclusionSection({ file, document, events }: Detail): HTMLElement | undefined {
  const exclusions = inside(file.exclusions, document);
  if (exclusions.length === 0) return undefined;
  const list = element("ul", { class: "noise", role: "list" });
  for (const exclusion of exclusions)
    list.append(exclusionItem(exclusion, document, !file.choice.rejectedExclusions.includes(exclusion.paragraph), events));
  return element(
    "section",
    { class: "stack-m" },
    element("h3", { class: "section-title" }, t("import:exclusions", { count: exclusions.length })),
    list,
  );
}

function exclusionItem(
  exclusion: ShownExclusion,
  document: DocumentChoice,
  accepted: boolean,
  events: DetailEvents,
): HTMLElement {
  const toggle = element("button", { class: "btn btn-s btn-quiet", type: "button", "data-exclusion": exclusion.paragraph });
  const show = (isOut: boolean) => {
    toggle.textContent = t(isOut ? "import:translate-it" : "import:leave-it-out");
    toggle.dataset["out"] = String(isOut);
    item.classList.toggle("is-kept", !isOut);
  };
  const item = element(
    "li",
    {},
    element("span", { class: "badge" }, t(`import:exclusion.${exclusion.reason}`)),
    element("span", { class: "grow import-words", lang: languageOf(document) }, exclusion.text),
    toggle,
  );
  show(accepted);
  toggle.addEventListener("click", () => {
    const isOut = toggle.dataset["out"] !== "true";
    show(isOut);
    events.onExclusion(exclusion.paragraph, isOut);
  });
  return item;
}

function widthSection(file: PreviewedFile): HTMLElement | undefined {
  if (file.halfWidthMarks === 0) return undefined;
  const words = t("import:width", { half: file.halfWidthMarks, full: file.fullWidthMarks });
  return element(
    "section",
    { class: "stack-m" },
    element("h3", { class: "section-title" }, t("import:look")),
    notice("", "s-info", words),
  );
}

function field(label: string, attributes: Readonly<Record<string, string>>, onInput: (value: string) => void): HTMLElement {
  const id = label.replace(/\W+/g, "-");
  const input = element("input", { class: "field", id, ...attributes });
  input.value = attributes["value"] ?? "";
  input.addEventListener("input", () => onInput(input.value.trim()));
  return element("div", { class: "form-item" }, element("label", { class: "label", for: id }, t(label)), input);
}

function choice(
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLElement {
  const id = label.replace(/\W+/g, "-");
  const select = element(
    "select",
    { class: "field", id },
    ...options.map(([value, words]) => element("option", { value }, words)),
  );
  select.value = chosen;
  select.addEventListener("change", () => onChange(select.value));
  return element("div", { class: "form-item" }, element("label", { class: "label", for: id }, t(label)), select);
}

function button(label: string, iconName: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { class: "btn btn-s", type: "button" }, icon(iconName), t(label));
  made.addEventListener("click", onClick);
  return made;
}
