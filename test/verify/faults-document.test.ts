import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.js";
import { VERIFY_CHECKS } from "../../src/verify/index.js";
import { MADE_FROM, mistakeOf } from "../bench/faults/document.js";
import { CATALOGUE } from "./catalogue/index.js";

const text = readFileSync(join(packageRoot, "docs/guides/faults.md"), "utf8");
const at = text.indexOf(`${MADE_FROM}\n`);
const [written, made] = [text.slice(0, at), text.slice(at)];
const cellsOf = (heading: RegExp) =>
  made
    .split(/^## /m)
    .filter((part) => heading.test(part))
    .flatMap((part) => part.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---")))
    .map((line) => line.slice(2, -2).split(" | "));

test("the guide on faults lists exactly the faults of the catalogue, under their APIs", () => {
  for (const api of new Set(CATALOGUE.map((fault) => fault.api))) {
    const [, ...rows] = cellsOf(new RegExp(`^${api}\n`));
    const faults = CATALOGUE.filter((fault) => fault.api === api);
    expect(rows.map(([mistake, checks]) => [mistake, checks])).toEqual(
      faults.map((fault) => [mistakeOf(fault), fault.checks.map((check) => `\`${check}\``).join(", ")]),
    );
  }
});

test("the guide on faults explains every check, and no other", () => {
  const [, ...rows] = cellsOf(/^The checks\n/);
  const expected = Object.entries(VERIFY_CHECKS).map(([id, { fault, meaning }]) => [
    `\`${id}\``,
    `${fault.code} ${fault.name}`,
    meaning,
  ]);
  expect(rows).toEqual(expected);
});

test("the guide on faults says that every fault is caught, which the tests of the catalogue show", () => {
  const rows = [...new Set(CATALOGUE.map(({ api }) => api))].flatMap((api) =>
    cellsOf(new RegExp(`^${api}\n`)).slice(1),
  );
  expect(rows.filter((cells) => cells[2] !== "yes")).toEqual([]);
  expect(written).toMatch(/How the faults are made/);
});
