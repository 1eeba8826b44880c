/** Files by the button, by the keyboard (the field of a drop zone) and by dragging them anywhere onto the page. */
import { all } from "./dom.ts";

export function receiveFiles(onFiles: (files: readonly File[]) => void): void {
  for (const field of all<HTMLInputElement>("[data-files]")) {
    field.addEventListener("change", () => {
      const files = [...(field.files ?? [])];
      // Choosing the same file again must be a change again.
      field.value = "";
      if (files.length > 0) onFiles(files);
    });
  }
  let depth = 0;
  const mark = () => document.body.classList.toggle("is-dropping", depth > 0);
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    mark();
  });
  document.addEventListener("dragleave", (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    mark();
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    mark();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}
