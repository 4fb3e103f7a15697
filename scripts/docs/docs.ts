import { readdir, readFile } from "node:fs/promises";
import { indexPage } from "./index-page.js";
import type { DocumentedApi } from "./model.js";
import { redocScript } from "./redoc.js";
import { referencePage } from "./reference-page.js";

export type { DocumentedApi } from "./model.js";

const assets = new URL("./assets/", import.meta.url);

/**
 * Makes the documentation site. Nothing is written; nothing is fetched.
 *
 * @param apis the APIs, in the order in which the landing page shows them.
 * @returns path below the site's folder, with `/`, to the content of the file.
 * @throws Error when a name cannot be a folder of the site or comes twice, when a download would hide the reference,
 *   and when Redoc is not installed.
 */
export async function renderDocs(apis: readonly DocumentedApi[]): Promise<Map<string, string | Uint8Array>> {
  checkNames(apis);
  const files = new Map<string, string | Uint8Array>([["index.html", indexPage(apis)]]);
  for (const api of apis) {
    files.set(`${api.name}/index.html`, referencePage(api));
    for (const [file, content] of Object.entries(api.downloads)) files.set(`${api.name}/${file}`, content);
  }
  files.set("assets/redoc.standalone.js", await redocScript());
  for (const file of (await readdir(assets)).sort()) {
    files.set(`assets/${file}`, await readFile(new URL(file, assets)));
  }
  return files;
}

function checkNames(apis: readonly DocumentedApi[]): void {
  const taken = new Set(["assets"]);
  for (const { name, downloads } of apis) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new Error(`"${name}" cannot be a folder of the site: use lower-case letters, digits and dashes.`);
    }
    if (taken.has(name)) throw new Error(`The folder "${name}" of the site is taken already: choose another name.`);
    taken.add(name);
    for (const file of Object.keys(downloads)) {
      if (/^[A-Za-z0-9][\w.-]*$/.test(file) && file !== "index.html") continue;
      throw new Error(`"${file}" cannot be a download of ${name}: use a plain file name other than index.html.`);
    }
  }
}
