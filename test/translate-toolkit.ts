/** Finds a Python that has translate-toolkit: often it is a package of the system, and the first python3 in the PATH another one. */
import { spawnSync } from "node:child_process";

const PYTHONS = ["python3", "/usr/bin/python3"] as const;

/** Undefined, with the reason printed, when none has it. */
export function findToolkitPython(needed = "import translate"): string | undefined {
  const found = PYTHONS.find((command) => spawnSync(command, ["-c", needed]).status === 0);
  if (found === undefined) console.log(`skipped: no Python here does "${needed}"`);
  return found;
}
