import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../../scripts/project.js";
import { VERIFY_CHECKS } from "../../../src/verify/index.js";
import { type CatalogueFault, sentenceOf } from "../../verify/catalogue/index.js";
import type { Row, Total } from "./outcomes.js";

/** From this heading on the guide is made; what stands above is written by hand. */
export const MADE_FROM = "## The sum";

const NAMES = {
  "agent-apis": "`agent-apis verify`",
  respect: "`redocly respect`",
  drift: "`redocly drift`",
  prism: "Prism's proxy",
} as const;

/** Writes the tables into the guide on faults, below what is written by hand. */
export async function writeDocument(rows: readonly Row[], sums: readonly Total[]): Promise<void> {
  const path = join(projectRoot, "docs/guides/faults.md");
  const [introduction = ""] = (await readFile(path, "utf8")).split(`${MADE_FROM}\n`);
  await writeFile(path, `${introduction}${tables(rows, sums)}`);
}

function tables(rows: readonly Row[], sums: readonly Total[]): string {
  const apis = [...new Set(rows.map(({ fault }) => fault.api))];
  const tools = sums.map(({ tool }) => tool);
  const parts = [
    MADE_FROM,
    markdown([
      ["", "caught", "missed", "falsely found", "said about requests"],
      ...sums.map((one) => [NAMES[one.tool], ...[one.caught, one.missed, one.falsely, one.ofRequests].map(String)]),
    ]),
    "## The checks",
    markdown([
      ["Check", "Class", "Means"],
      ...Object.entries(VERIFY_CHECKS).map(([id, { fault, meaning }]) => [
        `\`${id}\``,
        `${fault.code} ${fault.name}`,
        meaning,
      ]),
    ]),
    ...apis.flatMap((api) => [
      `## ${api}`,
      markdown([
        ["Mistake", "Check", ...tools.map((tool) => NAMES[tool])],
        ...rows
          .filter(({ fault }) => fault.api === api)
          .map(({ fault, caught }) => [
            mistakeOf(fault),
            fault.checks.map((check) => `\`${check}\``).join(", "),
            ...tools.map((tool) => (caught[tool] ? "yes" : "no")),
          ]),
      ]),
    ]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A mistake as the document lists it, with the operations that it shows in. */
export function mistakeOf(fault: CatalogueFault): string {
  return `${sentenceOf(fault)} (${fault.only.map((operationId) => `\`${operationId}\``).join(", ")})`;
}

function markdown([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}
