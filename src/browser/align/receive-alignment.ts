/** Files of an alignment that was made elsewhere, dropped or chosen on the list of alignments. */
import { project, required } from "../shell/dom.ts";
import { receiveFiles } from "../shell/drop-files.ts";
import { t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import { uploadFiles } from "../shell/upload.ts";

export function startReceivingAlignments(): void {
  const zone = required("[data-dropzone]");
  const words = required("[data-drop-words]", zone);
  const progress = required<HTMLProgressElement>("progress", zone);
  receiveFiles((files) => void send(files));

  async function send(files: readonly File[]): Promise<void> {
    progress.hidden = false;
    words.textContent = t("align-files:import.sending");
    const url = `/api/p/${project()}/alignment-imports`;
    const answer = await uploadFiles<{ readonly address: string }>(url, files, (share) => (progress.value = share));
    if (answer.ok) return location.assign(answer.value.address);
    progress.hidden = true;
    words.textContent = t("align-files:import.drop");
    showProblem(answer.message);
  }
}
