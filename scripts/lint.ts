import { join } from "node:path";
import type { Config } from "@redocly/openapi-core";
import { listFiles } from "./files.js";
import { cureFor } from "./mend.js";
import type { Problem } from "./problems.js";
import type { Api } from "./project.js";

/**
 * Lints one description and its workflows with Redocly: the structure of OpenAPI and Arazzo, references, examples, and
 * this project's own rules.
 *
 * @param root the folder that holds redocly.yaml.
 */
export async function lint(root: string, api: Api): Promise<Problem[]> {
  const { loadConfig } = await import("@redocly/openapi-core");
  const config = (await loadConfig({ configPath: join(root, "redocly.yaml") })).forAlias(api.name);
  const workflows = await listFiles(join(api.folder, "workflows"));
  const files = [api.entry, ...workflows.filter((file) => file.endsWith(".arazzo.yaml"))];
  return (await Promise.all(files.map((file) => lintFile(root, file, config)))).flat();
}

async function lintFile(root: string, file: string, config: Config): Promise<Problem[]> {
  const { getCodeframe, getLineColLocation, lint, YamlParseError } = await import("@redocly/openapi-core");
  let found: Awaited<ReturnType<typeof lint>>;
  try {
    found = await lint({ ref: file, config });
  } catch (error) {
    // The file itself is read before any rule runs, so its syntax errors are thrown and not reported.
    if (!(error instanceof YamlParseError)) throw error;
    return [
      {
        severity: "error",
        rule: "yaml-syntax",
        message: error.message.replace(/ in ".*$/s, "."),
        mend: cureFor("yaml-syntax"),
        file,
        line: error.line,
        column: error.col,
      },
    ];
  }
  return found
    .filter(({ ignored }) => !ignored)
    .map((problem) => {
      const [place] = problem.location;
      const at = place && getLineColLocation(place);
      const rule = problem.message.startsWith("Failed to parse") ? "yaml-syntax" : problem.ruleId;
      return {
        severity: problem.severity,
        rule,
        message: problem.message.replaceAll(join(root, "/"), ""),
        mend: cureFor(rule, problem.suggest),
        file: place?.source.absoluteRef ?? file,
        line: at?.start.line ?? 1,
        column: at?.start.col ?? 1,
        ...(at ? { frame: getCodeframe(at, false) } : {}),
      };
    });
}
