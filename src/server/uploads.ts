/**
 * Receiving files of a form: written to a folder of their own beside the data, so that a large one never stands in
 * memory, and removed when the answer has been sent, whatever became of them.
 */
import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Request, RequestHandler } from "express";
import multer from "multer";
import type { ServerContext } from "./context.ts";
import { RequestError } from "./errors.ts";

export const MAX_FILE_BYTES = 256 * 1024 * 1024;
export const MAX_FILES = 200;

export type ReceivedUpload = {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly path: string;
};

/** Reads the files of the form field `files`; `uploadsOf(request)` has them afterwards. */
export function receiveFiles(context: ServerContext): RequestHandler {
  return async (request, response, next) => {
    const folder = join(context.application.dataFolder, "incoming", randomUUID());
    await mkdir(folder, { recursive: true });
    response.on("close", () => void rm(folder, { recursive: true, force: true }));
    const upload = multer({
      // Names of files are UTF-8 in every browser; multer would read them as Latin-1.
      defParamCharset: "utf8",
      storage: multer.diskStorage({ destination: folder, filename: (_request, _file, done) => done(null, randomUUID()) }),
      limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES, fields: 20, fieldSize: 64 * 1024, parts: MAX_FILES + 20 },
    });
    upload.array("files", MAX_FILES)(request, response, (error: unknown) =>
      next(error === undefined ? undefined : explain(error)),
    );
  };
}

/** The form parser throws bare errors (no boundary, a form that ends too soon); limits and the disk name themselves. */
function explain(error: unknown): unknown {
  const isNamed = error instanceof multer.MulterError || (error instanceof Error && "code" in error);
  return isNamed ? error : new RequestError("upload-broken");
}

export function uploadsOf(request: Request): readonly ReceivedUpload[] {
  const files = Array.isArray(request.files) ? request.files : [];
  return files.map((file) => ({
    // Some browsers send the path of a dropped folder along; only the last part is the name.
    name: (file.originalname.split(/[/\\]/).pop() ?? "").slice(0, 255) || "file",
    mediaType: file.mimetype,
    size: file.size,
    path: file.path,
  }));
}
