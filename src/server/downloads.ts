/** Answers that a browser saves as a file: the name in any script (RFC 6266), a true media type, never shown in our origin. */
import type { Response } from "express";

export type Download = { readonly name: string; readonly mediaType: string; readonly text: string };

/** Characters that some file system refuses, and control characters. */
const UNFIT = /[\\/:*?"<>|\p{Cc}]+/gu;

function downloadName(name: string): string {
  return name.replace(UNFIT, "_").replace(/^[.\s]+|[.\s]+$/gu, "") || "download";
}

/** Head of a download. `attachment` writes `filename` in ASCII and `filename*` in UTF-8. */
export function setDownload(response: Response, { name, mediaType }: Omit<Download, "text">): void {
  response.attachment(downloadName(name));
  response.set({
    "Content-Type": mediaType,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  });
}

export function sendDownload(response: Response, { text, ...head }: Download): void {
  setDownload(response, head);
  response.send(Buffer.from(text, "utf8"));
}
