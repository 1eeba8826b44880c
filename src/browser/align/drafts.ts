/** What was typed and is not saved, on this computer. A private window may keep nothing: then the page works without. */

/** Undefined takes it away. */
export function writeDraft(key: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Storage that is full or forbidden.
  }
}

export function readDraft(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
