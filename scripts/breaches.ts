import { readFile } from "node:fs/promises";
import { locate } from "./locate.js";
import type { Problem } from "./problems.js";
import type { Api } from "./project.js";
import type { Breach } from "./threads/conventions.js";

/** Breaches of conventions as problems with a place in the sources. Their messages say how to mend them. */
export function toProblems(api: Api, breaches: readonly Breach[]): Promise<Problem[]> {
  return Promise.all(
    breaches.map(async ({ rule, message, path, severity }) => {
      const place = await locate(api, path);
      const lines = (await readFile(place.file, "utf8")).split("\n");
      return { severity, rule, message, mend: "", ...place, frame: frame(lines, place.line) };
    }),
  );
}

/** The line and two around it on each side, numbered. */
export function frame(lines: readonly string[], line: number): string {
  const first = Math.max(1, line - 2);
  return lines
    .slice(first - 1, line + 2)
    .map((text, index) => `${first + index === line ? ">" : " "} ${String(first + index).padStart(4)} | ${text}`)
    .join("\n");
}
