/** Sends files with their progress; fetch cannot tell how much of a body has left. */
import type { Answer } from "./request.ts";
import { t } from "./strings.ts";

export function uploadFiles<Result>(
  url: string,
  files: readonly File[],
  onProgress: (share: number) => void,
): Promise<Answer<Result>> {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = (code: string, message: string) =>
      resolve({ ok: false, code, message, status: request.status, details: undefined });
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      const value = request.response as (Result & { error?: { code: string; message: string } }) | null;
      if (request.status < 400 && value) resolve({ ok: true, value });
      else fail(value?.error?.code ?? "internal", value?.error?.message ?? t("common:problem.internal"));
    });
    request.addEventListener("error", () => fail("offline", t("common:problem.offline")));
    request.send(form);
  });
}
