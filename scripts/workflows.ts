import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { listFiles } from "./files.js";
import type { Api } from "./project.js";

/**
 * The workflows of an API as they ship: each file as it was written, since `../openapi.yaml` is the bundle there, what the
 * workflows upload, and every workflow as JSON besides, for programs without a parser of YAML.
 *
 * @returns texts by their path below `generated/<api>`.
 */
export async function workflowFiles(api: Api): Promise<Record<string, string>> {
  const { parse } = await import("yaml");
  const made: Record<string, string> = {};
  for (const file of await listFiles(join(api.folder, "workflows"))) {
    const path = relative(api.folder, file).split(sep).join("/");
    const text = await readFile(file, "utf8");
    made[path] = text;
    if (path.endsWith(".arazzo.yaml"))
      made[path.replace(/\.yaml$/, ".json")] = `${JSON.stringify(parse(text), null, 2)}\n`;
  }
  return made;
}
