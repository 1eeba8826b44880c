import type { Comment, VettingRules } from "../model/vetting.ts";
import type { IsoInstant } from "../model/span.ts";
import type { Page, PageRequest, Refused, Signed } from "./outcomes.ts";

export type CommentOutcome = { readonly kind: "saved"; readonly comment: Comment } | Refused;

/** What others did to one concept since a person last looked. */
export type ConceptNews = {
  readonly conceptId: string;
  readonly decisions: number;
  readonly comments: number;
  readonly lastAuthor: string;
  readonly lastAt: IsoInstant;
};

/** `since` is when the person last looked at the list; without it there is nothing to compare with, and no news. */
export type News = Page<ConceptNews> & { readonly since?: IsoInstant };

/** How a project vets: its rules, its discussions, and what each person has seen. */
export type VettingStore = {
  /** Undefined until somebody has set them. */
  findRules(projectId: string): Promise<(Signed & { readonly rules: VettingRules }) | undefined>;
  /** Earlier rules are kept. */
  saveRules(rules: VettingRules, context: Signed & { readonly projectId: string }): Promise<void>;
  /** `threadId` answers a remark; `termId` says that it is about one wording. */
  addComment(
    comment: Signed & {
      readonly conceptId: string;
      readonly termId?: string;
      readonly threadId?: string;
      readonly text: string;
    },
  ): Promise<CommentOutcome>;
  /** Closes a discussion or opens it again; a text may say why. */
  settleThread(
    step: Signed & { readonly threadId: string; readonly kind: "resolve" | "reopen"; readonly text?: string },
  ): Promise<CommentOutcome>;
  /** Oldest first. */
  listComments(conceptId: string): Promise<readonly Comment[]>;
  /** Discussions that are not resolved, by concept. */
  countOpenThreads(projectId: string): Promise<ReadonlyMap<string, number>>;
  /** The person has seen everything up to now: of one concept, or of the whole list. */
  markSeen(mark: {
    readonly projectId: string;
    readonly person: string;
    readonly conceptId?: string;
    readonly at: IsoInstant;
  }): Promise<void>;
  /** Concepts that others changed or discussed since then, newest first. */
  findNews(
    query: PageRequest & { readonly projectId: string; readonly person: string; readonly conceptId?: string },
  ): Promise<News>;
  /** Only which concepts have news, however many. */
  findConceptsWithNews(person: { readonly projectId: string; readonly person: string }): Promise<ReadonlySet<string>>;
};
