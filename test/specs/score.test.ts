import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "../../scripts/project.js";

const run = promisify(execFile);
const redocly = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");

/** The least agent readiness that each description has to reach. */
const least = { hermes: 85, hero: 85, herobrain: 90, heycmo: 90 };

test.each(Object.entries(least))("%s scores at least %d for agent readiness", async (api, score) => {
  const { stdout } = await run(process.execPath, [redocly, "score", `specs/${api}/openapi.yaml`, "--format", "json"], {
    cwd: projectRoot,
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    maxBuffer: 64 * 2 ** 20,
  });
  expect(JSON.parse(stdout.slice(stdout.indexOf("{"))).agentReadiness).toBeGreaterThanOrEqual(score);
});
