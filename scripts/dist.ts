import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "./project.js";

// Compiles what ships to dist/. A file whose source is gone must not ship, so the folder is emptied first.
await rm(join(projectRoot, "dist"), { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", join(projectRoot, "scripts", "tsconfig.dist.json")], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
