import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { openCache } from "./cache.js";
import { hash } from "./files.js";
import type { BuiltApi } from "./pipeline.js";

/** What tools say of a description. */
export interface Quality {
  /** Warnings of the linters. */
  readonly warnings: number;
  /** How well a program can use the description by itself, 0 to 100, as `redocly score` rates it. */
  readonly agentReadiness: number;
}

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/**
 * Asks Redocly for the score of a bundle in `<root>/generated`, or remembers it.
 *
 * @throws Error when Redocly cannot be run or says nothing that can be read.
 */
export async function measureQuality(root: string, { api, bundle, warnings }: BuiltApi): Promise<Quality> {
  const place = require.resolve("@redocly/cli/package.json");
  const { version } = require(place) as { version: string };
  const cache = openCache(join(root, ".cache"));
  const { value } = await cache.remember(`${api.name}-score`, hash(version, bundle.yaml), async () => {
    const file = join("generated", api.name, "openapi.yaml");
    const { stdout } = await run(
      process.execPath,
      [join(dirname(place), "bin/cli.js"), "score", file, "--format", "json"],
      { cwd: root, env: { ...process.env, REDOCLY_TELEMETRY: "off" }, maxBuffer: 64 * 2 ** 20 },
    );
    const { agentReadiness } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { agentReadiness?: unknown };
    if (typeof agentReadiness !== "number") throw new Error(`\`redocly score ${file}\` gave no agent readiness.`);
    return agentReadiness;
  });
  return { warnings: warnings.length, agentReadiness: value };
}
