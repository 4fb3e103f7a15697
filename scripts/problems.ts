import { relative } from "node:path";
import { styleText } from "node:util";

/** Something that is wrong with a description. */
export interface Problem {
  readonly severity: "error" | "warn";
  readonly rule: string;
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly mend: string;
  /** The file, absolute. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The lines around the place. */
  readonly frame?: string;
}

/** Stops a build: the descriptions have errors, and nothing was written. */
export class BrokenDescriptionError extends Error {
  override readonly name: string = "BrokenDescriptionError";
  constructor(
    readonly problems: readonly Problem[],
    where = "the descriptions. Nothing was written",
  ) {
    super(`${problems.length} ${problems.length === 1 ? "problem" : "problems"} in ${where}`);
  }
}

/** Stops a build: texts of the documentation have errors, and the site was not written. */
export class BrokenDocumentationError extends BrokenDescriptionError {
  override readonly name = "BrokenDocumentationError";
  constructor(problems: readonly Problem[]) {
    super(problems, "the documentation. generated/docs stays as it was");
  }
}

/** One problem for each place and rule: what is wrong in a shared file is found once for each use of it. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const problem of problems) {
    const key = [problem.file, problem.line, problem.column, problem.rule, problem.message].join("\n");
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

/**
 * Problems as text for a terminal: the place in a form that editors turn into a link, then the reason and the cure.
 *
 * @param root paths are printed relative to this folder.
 * @param colour whether to use colours.
 */
export function formatProblems(problems: readonly Problem[], root: string, colour: boolean): string {
  const paint = (style: "bold" | "red" | "yellow" | "cyan" | "dim", text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return problems
    .map((problem) => {
      const place = `${relative(root, problem.file)}:${problem.line}:${problem.column}`;
      const severity = paint(problem.severity === "error" ? "red" : "yellow", problem.severity);
      const lines = [`${paint("bold", place)}  ${severity}  ${paint("dim", problem.rule)}`, `  ${problem.message}`];
      if (problem.mend) lines.push(`  ${paint("cyan", "To mend it:")} ${problem.mend}`);
      if (problem.frame) lines.push("", problem.frame.replace(/^/gm, "    "));
      return lines.join("\n");
    })
    .join("\n\n");
}
