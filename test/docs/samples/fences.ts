import { isMatch } from "./output.js";
import type { Output, Sample } from "./sample.js";

/** A sample in a Markdown file. */
export interface Fence extends Sample {
  /** Where it begins, counted from 1. */
  readonly line: number;
}

const block = /^```(ts|sh)(?: exit=(\d+))?\n(.*?)^```\n(?:\n*```(text|json) output\n(.*?)^```\n)?/gms;

/**
 * Finds the samples in a Markdown file: the blocks in `ts` and `sh`. A block in `text output` or `json output` directly
 * behind one is what it prints; `sh exit=1` has the exit code that belongs to it.
 *
 * @param path part of the ids.
 */
export function readFences(path: string, markdown: string): Fence[] {
  return [...markdown.matchAll(block)].map((match): Fence => {
    const [, language = "", exitCode = "0", code = "", format, text = ""] = match;
    const line = markdown.slice(0, match.index).split("\n").length;
    return {
      id: `${path}:${line}`,
      line,
      language: language as Fence["language"],
      code,
      exitCode: Number(exitCode),
      ...(format === undefined ? {} : { output: { format: format as Output["format"], text } }),
    };
  });
}

/** Writes outputs into a Markdown file, by the line of their sample; a sample that printed nothing gets no block. */
export function writeOutputs(markdown: string, outputs: ReadonlyMap<number, string>): string {
  return markdown.replace(block, (whole, language, exitCode, code, format, shown, index: number) => {
    const printed = outputs.get(markdown.slice(0, index).split("\n").length);
    if (printed === undefined) return whole;
    const flag = exitCode === undefined ? "" : ` exit=${exitCode}`;
    const sample = `\`\`\`${language}${flag}\n${code}\`\`\`\n`;
    if (printed.trim() === "") return sample;
    const isJson = format === "json" || (format === undefined && /^[[{]/.test(printed) && language === "sh");
    const text = isJson ? JSON.stringify(JSON.parse(printed), null, 2) : keepGaps(shown ?? "", printed.trimEnd());
    return `${sample}\n\`\`\`${isJson ? "json" : "text"} output\n${text}\n\`\`\`\n`;
  });
}

/** Keeps the lines with `…` that still fit what was printed. */
function keepGaps(shown: string, printed: string): string {
  const open = shown.split("\n").filter((line) => line.includes("…"));
  const fit = (line: string) => open.find((text) => isMatch({ format: "text", text }, line)) ?? line;
  return printed.split("\n").map(fit).join("\n");
}
