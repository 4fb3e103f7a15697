import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * A breach of an API's conventions, by its path in the resolved bundle.
 *
 * @typedef {{ rule: string, message: string, path: readonly (string | number)[], severity: "error" | "warn" }} Breach
 */

/**
 * Spectral is CommonJS, and how its exports look to `import` depends on the loader; to `require` they look the same.
 *
 * @returns {typeof import("@stoplight/spectral-core")}
 */
export const preload = () => createRequire(import.meta.url)("@stoplight/spectral-core");

/**
 * The Spectral ruleset with an API's conventions; not every API needs one.
 *
 * @param {string} root
 * @param {string} api
 */
export function rulesetOf(root, api) {
  return join(root, "specs", "rules", "spectral", `${api}.js`);
}

/**
 * Checks a bundle against its API's conventions: what spans several files and so cannot be said with Redocly.
 *
 * @param {string} root the folder that holds specs/rules
 * @param {string} api
 * @param {object} document
 * @returns {Promise<Breach[]>}
 */
export async function run(root, api, document) {
  const ruleset = rulesetOf(root, api);
  if (!existsSync(ruleset)) return [];
  const { Spectral } = preload();
  const spectral = new Spectral();
  spectral.setRuleset((await import(pathToFileURL(ruleset).href)).default);
  const results = await spectral.run(/** @type {Record<string, unknown>} */ (document));
  return results.map(({ code, message, path, severity }) => ({
    rule: `conventions/${code}`,
    message,
    path,
    // The Language Server Protocol, whose numbers Spectral uses, counts an error as 0.
    severity: severity === 0 ? "error" : "warn",
  }));
}
