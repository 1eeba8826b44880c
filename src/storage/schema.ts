/**
 * The tables as queries see them. Only what every database has: text, integers, reals, bytes. Times are ISO text,
 * booleans 0 or 1, structures JSON text, absent values null.
 */
import type { Generated } from "kysely";
import type { MemorySchema } from "./memory-schema.ts";

type Flag = 0 | 1;

export type Schema = MemorySchema & {
  project: { id: string; name: string; source_language: string; target_language: string; created_at: string };
  setting: { project_id: string; key: string; value: string };
  /** Counts changes of a part of a project, and hands out positions: "glossary", "memory", "concept-position". */
  counter: { project_id: string; name: string; value: number };

  blob: { sha256: string; size: number; complete: Flag };
  blob_part: { sha256: string; part: number; bytes: Uint8Array };
  file: {
    id: string;
    project_id: string;
    name: string;
    media_type: string;
    encoding: string | null;
    sha256: string;
    size: number;
    received_at: string;
  };
  document: {
    id: string;
    project_id: string;
    file_id: string | null;
    ordinal: number;
    title: string;
    date: string | null;
    body: string | null;
    language: string;
    side: string;
    version_of: string | null;
    containment: number | null;
    revision: number;
    created_at: string;
    removed_at: string | null;
  };
  document_history: {
    sequence: Generated<number>;
    document_id: string;
    revision: number;
    action: string;
    before: string | null;
    after: string | null;
    author: string;
    at: string;
  };
  paragraph: {
    id: string;
    document_id: string;
    position: number;
    text: string;
    role: string;
    line: number;
    exclusion: string | null;
    joined: string;
    removed_at: string | null;
  };
  /** `counted`: is translated, so a segment of a paragraph that is neither excluded nor replaced. */
  segment: {
    id: string;
    document_id: string;
    paragraph_id: string;
    position: number;
    kind: string;
    source: string;
    target: string | null;
    state: string;
    origin: string | null;
    counted: Flag;
    revision: number;
    author: string | null;
    changed_at: string | null;
    removed_at: string | null;
  };
  segment_history: {
    sequence: Generated<number>;
    segment_id: string;
    revision: number;
    target: string | null;
    state: string;
    origin: string | null;
    author: string;
    at: string;
  };

  source: {
    project_id: string;
    id: string;
    body: string;
    title: string;
    date: string | null;
    locator: string | null;
    kind: string | null;
  };
  concept: {
    id: string;
    project_id: string;
    position: number;
    kind: string;
    class: string | null;
    domain: string | null;
    note: string | null;
    /** Search key of the first term, for sorting. */
    head_key: string;
    paraphrased: Flag;
    revision: number;
    created_at: string;
    changed_at: string;
    /** The decision that made the entry was taken back and nobody has touched it since: it is in no list. */
    withdrawn_at: string | null;
  };
  concept_history: ContentHistory & { concept_id: string };
  term: {
    id: string;
    concept_id: string;
    project_id: string;
    position: number;
    language: string;
    text: string;
    search_key: string;
    status: string;
    term_type: string;
    matching: string;
    usage: string | null;
    part_of_speech: string | null;
    valid_from: string | null;
    valid_until: string | null;
    note: string | null;
    /** The term that stands for it, when it is superseded. */
    superseded_by: string | null;
    /** A first approval that waits for a second person, as JSON. */
    waiting: string | null;
    revision: number;
  };
  term_history: ContentHistory & { term_id: string; status: string };
  attestation: {
    id: string;
    term_id: string;
    position: number;
    source: string;
    place: string | null;
    date: string | null;
    link: string | null;
    source_quotation: string | null;
    target_quotation: string | null;
  };
  decision: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    concept_id: string;
    term_id: string | null;
    action: string;
    before: string | null;
    after: string | null;
    reason: string | null;
    citation: string | null;
    successor_id: string | null;
    other_concept_id: string | null;
    undoes: string | null;
    author: string;
    at: string;
  };
  /** A relation holds when the last line about it adds it. A contrast is written with the smaller id first. */
  relation_history: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    concept_id: string;
    type: string;
    other_id: string;
    /** `add` or `remove`. */
    action: string;
    note: string | null;
    author: string;
    at: string;
  };
  comment: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    concept_id: string;
    term_id: string | null;
    kind: string;
    thread_id: string | null;
    text: string;
    author: string;
    at: string;
  };
  /** The last line of a project holds. */
  vetting_rules: { sequence: Generated<number>; project_id: string; rules: string; author: string; at: string };
  seen: {
    project_id: string;
    person: string;
    concept_id: string;
    decision_sequence: number;
    comment_sequence: number;
    at: string;
  };

  extraction_run: {
    id: string;
    project_id: string;
    position: number;
    document_ids: string;
    parameters: string;
    created_at: string;
    candidate_count: number;
    frame_count: number;
    complete: Flag;
  };
  candidate: {
    run_id: string;
    rank: number;
    text: string;
    search_key: string;
    class: string;
    count: number;
    distinct_count: number;
    documents: number;
    independent_count: number;
    first_date: string | null;
    last_date: string | null;
    formulation: string;
    occurrences: string;
    /** Where it occurs: numbers in the `document_ids` of the run. Null in runs from before they were kept. */
    document_numbers: string | null;
  };
  frame: { run_id: string; rank: number; frame: string };
  candidate_decision: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    text: string;
    action: string;
    reason: string | null;
    undoes: string | null;
    author: string;
    at: string;
    partner: string | null;
    concept_id: string | null;
  };
  /** The decision that stands, read from the log, so that lists can be filtered by it. */
  candidate_state: { project_id: string; text: string; decision_id: string; action: string };
  /** The contrast pairs that stand; `text` is the half with the smaller code units. */
  candidate_pair: { project_id: string; text: string; partner: string; decision_id: string };

  alignment: {
    id: string;
    project_id: string;
    source_document_id: string;
    target_document_id: string;
    revision: number;
    /** Revision of the edit that undo would take back; 0 when there is none. */
    top: number;
    state: string;
    group_count: number;
    confirmed_count: number;
    settled_count: number;
    doubtful_count: number;
    created_at: string;
    changed_at: string;
    /** Null in alignments that nobody has changed since before it was kept. */
    changed_by: string | null;
    removed_at: string | null;
  };
  alignment_history: {
    sequence: Generated<number>;
    alignment_id: string;
    /** `remove` or `restore`. */
    action: string;
    /** The documents that went or came with it: a list of ids as JSON. */
    documents: string;
    author: string;
    at: string;
  };
  alignment_step: {
    alignment_id: string;
    revision: number;
    kind: string;
    name: string;
    /** For edits: the edit below it on the undo stack. For undo and redo: the edit they take. */
    parent: number;
    start: number;
    removed: string;
    inserted: string;
    author: string;
    at: string;
  };

  edited_sentence: {
    id: string;
    alignment_id: string;
    text: string;
    /** A list of SentencePart as JSON. */
    parts: string;
    author: string;
    at: string;
  };

  job: {
    id: string;
    project_id: string;
    position: number;
    kind: string;
    label: string;
    state: string;
    done: number;
    total: number;
    stage: string;
    error: string | null;
    result: string | null;
    created_at: string;
    finished_at: string | null;
  };
  ignored_finding: {
    sequence: Generated<number>;
    id: string;
    project_id: string;
    rule: string;
    pair: string;
    subject: string;
    texts_hash: string;
    /** `ignore` or `stop`. */
    action: string;
    reason: string;
    author: string;
    at: string;
  };
  rendering_run: {
    id: string;
    project_id: string;
    created_at: string;
    memory_version: number;
    glossary_version: number;
    unit_count: number;
    term_count: number;
    complete: Flag;
  };
  term_rendering: { run_id: string; term: string; content: string };
  rendering_unit: { run_id: string; unit_id: string; content: string };
  reading_decision: {
    sequence: Generated<number>;
    project_id: string;
    base_document_id: string;
    other_document_id: string;
    place: string;
    reading: string | null;
    note: string | null;
    author: string;
    at: string;
  };
};

type ContentHistory = {
  sequence: Generated<number>;
  revision: number;
  content: string;
  author: string;
  at: string;
};
