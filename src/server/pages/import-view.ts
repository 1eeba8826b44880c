/** What the preview page is sent: for each file what was found, in texts short enough to show, and the choices so far. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { ImportProposal, JoinProposal } from "../../model/document.ts";
import type { Application } from "../../workflow/application.ts";
import type { OpenPreview } from "../../workflow/import.ts";
import { receivedPath } from "../../workflow/import-previews.ts";

/** Characters shown on each side of a join. */
const CONTEXT = 28;
const EXCLUDED_TEXT = 160;

export async function showPreview(application: Application, open: OpenPreview): Promise<object> {
  const { preview, proposals, choices } = open;
  const files = await Promise.all(
    proposals.map(async (proposal, number) => ({
      name: proposal.file,
      size: preview.files[number]?.size ?? 0,
      encoding: proposal.encoding,
      importedBefore: await findEarlierImport(application, open, number),
      diagnostics: proposal.diagnostics,
      halfWidthMarks: proposal.halfWidthMarks,
      fullWidthMarks: proposal.fullWidthMarks,
      paragraphCount: proposal.paragraphs.length,
      proposed: proposal.documents.map(({ first, end, dateEvidence, partialDate, versionOf }) => ({
        first,
        end,
        dateEvidence,
        partialDate,
        versionOf,
      })),
      joins: proposal.documents.flatMap(({ joins }) => joins.map((join) => showJoin(proposal, join))),
      exclusions: proposal.documents.flatMap(({ exclusions }) =>
        exclusions.map(({ paragraph, reason }) => ({
          paragraph,
          reason,
          line: proposal.paragraphs[paragraph]?.line ?? 0,
          text: (proposal.paragraphs[paragraph]?.text ?? "").trim().slice(0, EXCLUDED_TEXT),
        })),
      ),
      choice: choices[number],
    })),
  );
  return { state: "ready", createdAt: preview.createdAt, files };
}

function showJoin(proposal: ImportProposal, join: JoinProposal): object {
  const excluded = new Set(proposal.documents.flatMap(({ exclusions }) => exclusions.map(({ paragraph }) => paragraph)));
  let previous = join.paragraph - 1;
  while (previous > 0 && excluded.has(previous)) previous -= 1;
  return {
    paragraph: join.paragraph,
    reason: join.reason,
    line: proposal.paragraphs[join.paragraph]?.line ?? 0,
    before: (proposal.paragraphs[previous]?.text ?? "").trimEnd().slice(-CONTEXT),
    after: (proposal.paragraphs[join.paragraph]?.text ?? "").trimStart().slice(0, CONTEXT),
  };
}

/** When a file with exactly these bytes was imported into the project already. */
async function findEarlierImport(application: Application, open: OpenPreview, number: number): Promise<string | undefined> {
  const { projectId, id } = open.preview;
  const hash = createHash("sha256");
  for await (const piece of createReadStream(receivedPath({ dataFolder: application.dataFolder, projectId, id }, number))) {
    hash.update(piece as Uint8Array);
  }
  const [earlier] = await application.stores.files.findBySha256(projectId, hash.digest("hex"));
  return earlier?.receivedAt;
}
