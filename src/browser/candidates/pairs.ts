/** The contrast pairs as the page knows them. */
import type { Pair } from "./model.ts";

export type Pairs = {
  /** Answers the texts whose partners changed. */
  readonly set: (pairs: readonly Pair[]) => ReadonlySet<string>;
  readonly partnersOf: (text: string) => readonly string[];
  readonly texts: () => ReadonlySet<string>;
};

export function createPairs(): Pairs {
  let partners = new Map<string, readonly string[]>();
  return {
    set: (pairs) => {
      const next = new Map<string, readonly string[]>();
      for (const { text, partner } of pairs) {
        next.set(text, [...(next.get(text) ?? []), partner]);
        next.set(partner, [...(next.get(partner) ?? []), text]);
      }
      const changed = [...new Set([...partners.keys(), ...next.keys()])].filter(
        (text) => (partners.get(text) ?? []).join("\n") !== (next.get(text) ?? []).join("\n"),
      );
      partners = next;
      return new Set(changed);
    },
    partnersOf: (text) => partners.get(text) ?? [],
    texts: () => new Set(partners.keys()),
  };
}
