/** The backup of a data folder is one file: the store. Lexicon and previews can be made again. */
import { join } from "node:path";
import { backupStore } from "../storage/backup.ts";
import type { BackupOutcome } from "../storage/backup.ts";
import { STORE_FILE } from "./application.ts";

/** Works while a server has the folder open. */
export function backupDataFolder(request: { readonly dataFolder: string; readonly out: string }): Promise<BackupOutcome> {
  return backupStore(join(request.dataFolder, STORE_FILE), request.out);
}
