import type { DocumentedApi } from "./model.js";

/** @throws Error when the name of an API cannot be a folder of the site or comes twice, or a download would hide a page. */
export function checkNames(apis: readonly DocumentedApi[]): void {
  const taken = new Set(["assets", "guides"]);
  for (const { name, downloads } of apis) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new Error(`"${name}" cannot be a folder of the site: use lower-case letters, digits and dashes.`);
    }
    if (taken.has(name)) throw new Error(`The folder "${name}" of the site is taken already: choose another name.`);
    taken.add(name);
    for (const file of Object.keys(downloads)) {
      if (/^[A-Za-z0-9][\w.-]*$/.test(file) && !file.endsWith(".html") && !file.endsWith(".md")) continue;
      throw new Error(`"${file}" cannot be a download of ${name}: use a plain file name that is not a page's.`);
    }
  }
}
