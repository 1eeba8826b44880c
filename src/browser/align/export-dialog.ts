/** What a file of this alignment would hold and lose, said before it is taken. */
import type { Loss } from "../../model/diagnostic.ts";
import { element, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";

type Offer = { readonly count: number; readonly size: number; readonly losses: readonly Loss[] };

/** Needs the catalogues `align-files` and `losses`. */
export function startExportDialog(alignment: string): void {
  const dialog = required<HTMLDialogElement>("#align-export");
  const form = required<HTMLFormElement>("[data-export-form]", dialog);
  const told = required("[data-export-told]", form);
  const button = required<HTMLButtonElement>("button.btn-primary", form);
  let asked = 0;
  form.addEventListener("change", () => void tell());
  dialog.addEventListener("toggle", () => {
    if (dialog.open) void tell();
  });
  // The browser saves the file; the dialog has done its work.
  form.addEventListener("submit", () => setTimeout(() => dialog.close()));

  async function tell(): Promise<void> {
    const mine = ++asked;
    const wish = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    told.replaceChildren(element("p", { class: "quiet" }, t("align-files:export.looking")));
    const address = `/api/p/${project()}/alignments/${encodeURIComponent(alignment)}/export?${wish.toString()}`;
    const answer = await get<Offer>(address, { quiet: true });
    if (mine !== asked) return;
    if (!answer.ok) return told.replaceChildren(element("p", {}, answer.message));
    const { count, size, losses } = answer.value;
    button.disabled = count === 0;
    const what = t("align-files:export.count", { count, size: formatNumber(Math.max(1, Math.round(size / 1024))) });
    const lines = losses.map(({ code, count: lost, values }) =>
      element("li", {}, t(`losses:${code}`, { ...values, count: lost })),
    );
    told.replaceChildren(
      element("p", {}, count === 0 ? t("align-files:export.nothing") : what),
      ...(lines.length > 0
        ? [element("p", { class: "strong" }, t("align-files:export.lost")), element("ul", {}, ...lines)]
        : count > 0
          ? [element("p", { class: "quiet" }, t("align-files:export.nothing-lost"))]
          : []),
    );
  }
}
