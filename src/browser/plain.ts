/** Pages without code of their own: the shell alone. */
import { startPage } from "./shell/start.ts";

await startPage();
