import { join } from "node:path";
import { cureFor } from "./mend.js";
import type { Problem } from "./problems.js";
import type { Api } from "./project.js";

/**
 * Lints one description with Redocly: the OpenAPI structure, references, examples, and this project's own rules.
 *
 * @param root the folder that holds redocly.yaml.
 */
export async function lint(root: string, api: Api): Promise<Problem[]> {
  const { getCodeframe, getLineColLocation, lint, loadConfig, YamlParseError } = await import("@redocly/openapi-core");
  const config = (await loadConfig({ configPath: join(root, "redocly.yaml") })).forAlias(api.name);
  let found: Awaited<ReturnType<typeof lint>>;
  try {
    found = await lint({ ref: api.entry, config });
  } catch (error) {
    // The entry file itself is read before any rule runs, so its syntax errors are thrown and not reported.
    if (!(error instanceof YamlParseError)) throw error;
    return [
      {
        severity: "error",
        rule: "yaml-syntax",
        message: error.message.replace(/ in ".*$/s, "."),
        mend: cureFor("yaml-syntax"),
        file: error.source.absoluteRef,
        line: error.line,
        column: error.col,
      },
    ];
  }
  return found.map((problem) => {
    const [place] = problem.location;
    const at = place && getLineColLocation(place);
    const syntax = problem.message.startsWith("Failed to parse");
    return {
      severity: problem.severity,
      rule: syntax ? "yaml-syntax" : problem.ruleId,
      message: problem.message.replaceAll(`${root}/`, ""),
      mend: cureFor(syntax ? "yaml-syntax" : problem.ruleId, problem.suggest),
      file: place?.source.absoluteRef ?? api.entry,
      line: at?.start.line ?? 1,
      column: at?.start.col ?? 1,
      ...(at ? { frame: getCodeframe(at, false) } : {}),
    };
  });
}
