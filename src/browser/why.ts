/** The sheet of an entry: printing it, and the way back. */
import { required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { startPage } from "./shell/start.ts";

await startPage();
required("[data-print]").addEventListener("click", () => {
  print();
});
registerKeys([
  { keys: "p", label: "why:key-print", run: () => print() },
  { keys: "Escape", label: "why:back", run: () => required("[data-back]").click() },
]);
