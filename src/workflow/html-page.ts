/** A report as one HTML file that needs nothing else: text escaped, style inside, no script. */
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE =
  ":root{color-scheme:light dark}body{font:16px/1.7 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}" +
  "table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #8886;padding:.4rem .6rem;vertical-align:top;text-align:start}" +
  "th{font-weight:600}ins{background:#4b84;text-decoration:underline}del{background:#c644;text-decoration:line-through}";

/** `body` is mark-up that the caller has escaped; `title` is text. */
export function wrapHtmlPage(page: { readonly language: string; readonly title: string; readonly body: string }): string {
  const title = escapeHtml(page.title);
  return (
    `<!doctype html>\n<html lang="${escapeHtml(page.language)}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>\n` +
    `<body><h1>${title}</h1>\n${page.body}\n</body></html>\n`
  );
}
