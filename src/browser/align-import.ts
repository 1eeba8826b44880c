/** An alignment that was made elsewhere: accepting it under the titles a person gives, or leaving it. */
import { pageData, project, required } from "./shell/dom.ts";
import { post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";

await startPage();
const given = pageData() as { readonly import: string };
const base = `/api/p/${project()}/alignment-imports/${given.import}`;
const form = document.querySelector<HTMLFormElement>("[data-accept]");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void accept(form);
});
required("[data-discard]").addEventListener("click", () => void discard());

async function accept(form: HTMLFormElement): Promise<void> {
  const submit = required<HTMLButtonElement>("[data-submit]", form);
  submit.disabled = true;
  submit.textContent = t("align-files:import.accepting");
  const data = new FormData(form);
  const wish = { source: data.get("source"), target: data.get("target"), confirmAll: data.has("confirmAll") };
  const answer = await post<{ readonly address: string }>(`${base}/accept`, wish);
  if (answer.ok) return location.assign(answer.value.address);
  submit.disabled = false;
  submit.textContent = t("align-files:import.accept");
}

async function discard(): Promise<void> {
  const answer = await post(`${base}/discard`, {});
  if (answer.ok) location.assign(`/p/${project()}/align`);
}
