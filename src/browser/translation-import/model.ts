/** The rows of a returned file and what the person chose of them. Choices are kept in the browser until taken over. */
export const KINDS = ["changed", "conflict", "older", "source-differs", "unknown"] as const;
export type Kind = (typeof KINDS)[number];

export type Change = {
  readonly at: number;
  readonly kind: Kind;
  readonly source: string;
  readonly target: string;
  readonly state: string;
  readonly stored?: {
    readonly id: string;
    readonly source: string;
    readonly target: string;
    readonly state: string;
    readonly revision: number;
    readonly author?: string;
    readonly changedAt?: string;
    readonly document: string;
    readonly paragraph: number;
  };
};

export type Result = {
  readonly at: string;
  readonly author: string;
  readonly taken: number;
  readonly stale: number;
  readonly undone?: { readonly at: string; readonly rows: number; readonly left: number };
};

export function canTake({ kind }: Change): boolean {
  return kind === "changed" || kind === "conflict" || kind === "older";
}

/** What nobody has worked on here is taken unless left; the rest is left unless taken. */
function isTakenByDefault({ kind }: Change): boolean {
  return kind === "changed";
}

export type Choices = {
  readonly isTaken: (change: Change) => boolean;
  readonly set: (changes: readonly Change[], taken: boolean) => void;
};

/** Keyed by row and revision: what was chosen of a text that has changed since is not a choice any more. */
export function openChoices(name: string): Choices {
  const chosen = new Map<string, boolean>(read(name));
  const keyOf = ({ at, stored }: Change) => `${String(at)}/${String(stored?.revision ?? 0)}`;
  return {
    isTaken: (change) => canTake(change) && (chosen.get(keyOf(change)) ?? isTakenByDefault(change)),
    set: (changes, taken) => {
      for (const change of changes) if (canTake(change)) chosen.set(keyOf(change), taken);
      try {
        localStorage.setItem(name, JSON.stringify([...chosen]));
      } catch {
        // A private window keeps nothing; the choices hold until the page is left.
      }
    },
  };
}

function read(name: string): [string, boolean][] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "[]") as [string, boolean][];
  } catch {
    return [];
  }
}

export function forgetChoices(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
