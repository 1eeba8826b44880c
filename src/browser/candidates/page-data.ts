/** What the server gives to the page, and what it answers when the list is asked for. */
import type { Legend, Pair, Row } from "./model.ts";
import type { Session } from "./session.ts";

export type PageData = {
  readonly run?: string;
  readonly job?: string;
  readonly author: string;
  readonly classNames: Readonly<Record<string, string>>;
  readonly termTypes: readonly string[];
  readonly language: string;
  readonly session?: Partial<Session>;
};

export type ListAnswer = Omit<Legend, "paired"> & {
  readonly run: string;
  readonly rows: Row[];
  readonly pairs: readonly Pair[];
  readonly sequence: number;
  /** The run before, if there is one. */
  readonly before?: { readonly run: string; readonly at: string };
};
