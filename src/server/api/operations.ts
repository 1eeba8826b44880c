/** All that the document of the HTTP API describes. */
import { ALIGNMENT_OPERATIONS } from "./alignment-operations.ts";
import { GLOSSARY_API } from "./glossary-file-operations.ts";
import { GLOSSARY_LIST_OPERATIONS } from "./glossary-list-operations.ts";
import type { Operation } from "./glossary-operations.ts";
import { MEMORY_OPERATIONS } from "./memory-operations.ts";

export const API_OPERATIONS: readonly Operation[] = [
  ...GLOSSARY_API,
  ...GLOSSARY_LIST_OPERATIONS,
  ...MEMORY_OPERATIONS,
  ...ALIGNMENT_OPERATIONS,
];
