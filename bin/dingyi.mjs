#!/usr/bin/env node
/** The command `dingyi`. Finds a Node that is new enough and runs src/cli/main.ts under it. */
import { join } from "node:path";
import { here, runUnderNode } from "./node24.mjs";

runUnderNode(["--disable-warning=ExperimentalWarning", join(here, "..", "src", "cli", "main.ts"), ...process.argv.slice(2)]);
