/** Where tests keep what is dear to make and can be made again: the lexicon of the aligner, the browser, compiled code. */
import { join } from "node:path";

export const MODULES = join(import.meta.dirname, "..", "node_modules");

/** What XDG_CACHE_HOME is for the commands that tests start. */
export const CACHES = join(MODULES, ".cache");

/** What Dingyi keeps there. */
export const CACHE_FOLDER = join(CACHES, "dingyi");
