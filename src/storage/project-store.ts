import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { JsonValue } from "./outcomes.ts";

export type Project = {
  /** A slug that stands in addresses. */
  readonly id: string;
  readonly name: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  readonly createdAt: IsoInstant;
};

export type ProjectStore = {
  /** Oldest first. */
  list(): Promise<readonly Project[]>;
  find(id: string): Promise<Project | undefined>;
  /** By its exact name. */
  findByName(name: string): Promise<Project | undefined>;
  /** `taken`: a project with this id is there already; nothing changed. */
  create(project: Project): Promise<{ readonly kind: "created" | "taken"; readonly project: Project }>;
  change(project: Omit<Project, "createdAt">): Promise<Project | undefined>;
};

/** Interface state and choices: where a session stopped, chosen columns, profiles. Without a project: global. */
export type SettingStore = {
  find(key: string, projectId?: string): Promise<JsonValue | undefined>;
  save(setting: { readonly key: string; readonly projectId?: string; readonly value: JsonValue }): Promise<void>;
  remove(key: string, projectId?: string): Promise<void>;
};
