import type { Signed, Stale } from "./outcomes.ts";

/** Which of two versions is followed at a place. */
export type Reading = "base" | "other";

/** What two versions of one text are compared as. The order of the two matters. */
export type VersionsKey = { readonly projectId: string; readonly baseDocument: string; readonly otherDocument: string };

export type ReadingContent = {
  /** Undefined: not decided. */
  readonly reading?: Reading;
  readonly note?: string;
};

export type ReadingDecision = ReadingContent &
  Signed & {
    /** Number of the decision; grows. */
    readonly sequence: number;
    /** The place in the two texts: a key that the comparison makes of its paragraphs. */
    readonly place: string;
  };

export type ReadingOutcome =
  { readonly kind: "saved"; readonly decision: ReadingDecision } | Stale<ReadingContent, ReadingDecision>;

/** Decisions about differences between versions. Written once; the newest for a place stands. */
export type ReadingStore = {
  /** `basedOn`: the number of the decision that the person saw at the place; undefined when there was none. */
  decide(
    decision: VersionsKey & Signed & ReadingContent & { readonly place: string; readonly basedOn?: number },
  ): Promise<ReadingOutcome>;
  /** The decision that stands at each place, in order of deciding. */
  list(versions: VersionsKey): Promise<readonly ReadingDecision[]>;
  /** Everything that was decided at one place, oldest first. */
  history(versions: VersionsKey & { readonly place: string }): Promise<readonly ReadingDecision[]>;
};
