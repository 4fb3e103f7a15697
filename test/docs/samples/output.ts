import { isDeepStrictEqual } from "node:util";
import type { Output, Sample, SampleResult } from "./sample.js";

/** Whether something printed is what is shown. */
export function isMatch({ format, text }: Output, printed: string): boolean {
  if (format === "text") return patternOf(text).test(printed);
  try {
    return isDeepStrictEqual(JSON.parse(printed), JSON.parse(text));
  } catch {
    return false;
  }
}

function patternOf(shown: string): RegExp {
  const pieces = shown.trimEnd().split("…");
  return new RegExp(`^${pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*")}\\s*$`, "s");
}

/** What is wrong with a sample that has been run, in sentences. Nothing that it prints may go unshown. */
export function problemsOf(
  { output, exitCode = 0 }: Sample,
  { stdout, stderr, exitCode: actual }: SampleResult,
): string[] {
  const problems: string[] = [];
  if (actual !== exitCode) problems.push(`It ended with ${actual ?? "a signal"}, not with ${exitCode}.`);
  if (stderr !== "") problems.push(`It failed:\n${stderr}`);
  if (!isMatch(output ?? { format: "text", text: "" }, stdout)) {
    problems.push(`It printed:\n${stdout}\nnot what is shown:\n${output?.text ?? "(nothing)"}`);
  }
  return problems;
}
