/** Making and finding elements. Text always goes in as text: there is no way here to pass mark-up. */
export type Child = Node | string | undefined;
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

/** An element; `true` writes an empty attribute, `false` and `undefined` leave it out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** An icon of the sprite (views/partials/icons.eta), without its `i-`. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  setAttributes(svg, { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" });
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? "" : String(value));
  }
}

/** The element that the page must have; a missing one is a bug in the template. */
export function required<Kind extends Element = HTMLElement>(selector: string, within: ParentNode = document): Kind {
  const found = within.querySelector<Kind>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export function all<Kind extends Element = HTMLElement>(selector: string, within: ParentNode = document): Kind[] {
  return [...within.querySelectorAll<Kind>(selector)];
}

/** The element with `selector` in which an event happened. */
export function closest<Kind extends Element = HTMLElement>(event: Event, selector: string): Kind | undefined {
  return event.target instanceof Element ? (event.target.closest<Kind>(selector) ?? undefined) : undefined;
}

/** What the route gave to the page (`clientData`). The caller names the type that the route sends. */
export function pageData(): unknown {
  return JSON.parse(document.body.dataset["page"] ?? "{}");
}

/** The project of the page, for addresses: `/api/p/${project()}/documents`. */
export function project(): string {
  return encodeURIComponent(document.body.dataset["project"] ?? "");
}
