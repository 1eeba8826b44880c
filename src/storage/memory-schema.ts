/** The tables of translation memories, as queries see them; see schema.ts. */
import type { Generated } from "kysely";

type Flag = 0 | 1;

export type MemorySchema = {
  memory: {
    id: string;
    project_id: string;
    name: string;
    priority: number;
    penalty: number;
    read_only: Flag;
    is_used: Flag;
    created_at: string;
    unit_count: number;
    next_position: number;
    changed_at: string | null;
    removed_at: string | null;
  };
  /** Memories of other projects that a project reads. */
  memory_attachment: {
    project_id: string;
    memory_id: string;
    priority: number;
    penalty: number;
    author: string;
    at: string;
  };
  translation_unit: {
    id: string;
    memory_id: string;
    position: number;
    origin_key: string;
    source: string;
    target: string;
    source_language: string;
    target_language: string;
    state: string;
    previous: string | null;
    next: string | null;
    author: string | null;
    created_at: string | null;
    changed_at: string | null;
    document: string | null;
    notes: string | null;
    properties: string | null;
    document_id: string | null;
    segment_id: string | null;
    alignment_id: string | null;
    group_id: string | null;
    tuid: string | null;
    source_codes: string | null;
    target_codes: string | null;
    import_id: string | null;
  };
  /** `unit` is what was there before; of a unit that came back (`restore`), what came. */
  unit_history: {
    sequence: Generated<number>;
    memory_id: string;
    unit_id: string;
    origin_key: string;
    action: string;
    unit: string;
    author: string;
    at: string;
    step_id: string | null;
  };
  memory_step: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    memory_id: string | null;
    kind: string;
    detail: string;
    added: number;
    replaced: number;
    removed: number;
    unchanged: number;
    first_position: number | null;
    last_position: number | null;
    author: string;
    at: string;
    finished_at: string | null;
    undoes: string | null;
    undone_by: string | null;
  };
  duplicate_run: {
    id: string;
    project_id: string;
    created_at: string;
    memory_ids: string;
    memory_version: number;
    unit_count: number;
    groups: string;
    complete: Flag;
  };
  duplicate_group: { run_id: string; position: number; kind: string; content: string };
};
