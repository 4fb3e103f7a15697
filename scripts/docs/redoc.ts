import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * The browser bundle of Redoc as a classic script that sets `globalThis.Redoc = { init }`.
 *
 * It is taken out of `@redocly/cli`, which ships it for its own `build-docs`: the package `redoc` brings the same file,
 * but needs React and Node 22.
 *
 * @throws Error when `@redocly/cli` is not installed, or when its bundle no longer looks as this code expects.
 */
export async function redocScript(): Promise<string> {
  let bundle: string;
  try {
    const folder = dirname(require.resolve("@redocly/cli/package.json"));
    bundle = await readFile(join(folder, "lib/chunks/redoc.standalone.js"), "utf8");
  } catch (cause) {
    const message =
      "Redoc's bundle was not found in @redocly/cli. Run `npm install`, and look where its version keeps it.";
    throw new Error(message, { cause });
  }
  return toClassicScript(bundle);
}

/**
 * Makes a classic script of Redoc's ES module, because browsers refuse to import modules from `file://`, and takes out
 * what would reach for another host.
 *
 * @param bundle the text of `redoc.standalone.js`.
 * @throws Error naming the part that was not found, so that an update of Redoc cannot undo a change unnoticed.
 */
export function toClassicScript(bundle: string): string {
  let script = bundle;
  for (const { what, find, put } of changes) {
    const changed = script.replaceAll(find, put);
    if (changed === script) throw new Error(`Redoc's bundle has changed: ${what} was not found in it.`);
    script = changed;
  }
  // Without a global Worker, Redoc searches on the page itself. With one it first tries the Function constructor, and
  // that would need 'unsafe-eval' in the Content-Security-Policy.
  return `(() => {\n"use strict";\nconst Worker = undefined;\n${script}\n})();\n`;
}

const changes: readonly { what: string; find: RegExp; put: string }[] = [
  {
    what: "the export at its end",
    find: /export\s*\{\s*RedocStandalone,\s*hydrate,\s*init\s*\};?\s*$/g,
    put: "globalThis.Redoc = { init };",
  },
  {
    // A syntax error outside of modules. It stands in code that starts a worker, which never runs.
    what: "import.meta",
    find: /\bimport\.meta\b/g,
    put: "({})",
  },
  {
    // An image that cannot be decoded removes itself; the style sheet hides the link around it.
    what: "the logo on a CDN",
    find: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g,
    put: "data:,",
  },
  {
    // Usage data is switched off by an option as well. Without an address it cannot come back by a mistyped one.
    what: "the telemetry collector",
    find: /https:\/\/otel\.cloud\.redocly\.com\/v1\/traces/g,
    put: "data:,",
  },
];
