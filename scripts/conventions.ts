import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { OpenApiDocument } from "./openapi.js";

/** A breach of an API's conventions, by its path in the resolved bundle. */
export interface Breach {
  readonly rule: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly severity: "error" | "warn";
}

/** Spectral is CommonJS, and how its exports look to `import` depends on the loader; to `require` they look the same. */
export function loadSpectral(): typeof import("@stoplight/spectral-core") {
  return createRequire(import.meta.url)("@stoplight/spectral-core");
}

/** The Spectral ruleset with an API's conventions; not every API needs one. */
export function rulesetOf(root: string, api: string): string {
  return join(root, "specs", "rules", "spectral", `${api}.js`);
}

/**
 * Checks a bundle against its API's conventions: what spans several files and so cannot be said with Redocly.
 *
 * @param root the folder that holds specs/rules.
 */
export async function checkConventions(root: string, api: string, document: OpenApiDocument): Promise<Breach[]> {
  const ruleset = rulesetOf(root, api);
  if (!existsSync(ruleset)) return [];
  const { Spectral } = loadSpectral();
  const spectral = new Spectral();
  spectral.setRuleset((await import(pathToFileURL(ruleset).href)).default);
  const results = await spectral.run(document as unknown as Record<string, unknown>);
  return results.map(({ code, message, path, severity }) => ({
    rule: `conventions/${code}`,
    message,
    path,
    // The Language Server Protocol, whose numbers Spectral uses, counts an error as 0.
    severity: severity === 0 ? "error" : "warn",
  }));
}
