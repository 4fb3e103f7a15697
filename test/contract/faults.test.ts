import { beforeAll, describe, expect, test } from "vitest";
import { startMock } from "../../src/mock/index.js";
import {
  type Description,
  type Finding,
  findOperation,
  formatFindings,
  loadDescription,
} from "../../src/testing/index.js";
import { ANSWER_FAULTS } from "./answer-faults.js";
import { type Edit, type Fault, through } from "./fault.js";
import { REQUEST_FAULTS } from "./request-faults.js";
import { sweep } from "./sweep.js";

const FAULTS = [...ANSWER_FAULTS, ...REQUEST_FAULTS];

/** The contract tests are worth as much as the mistakes that they notice; these are made on purpose. */
describe("the contract tests", () => {
  const api = "herobrain";
  const description = loadDescription(api);
  const unfaulted = new Map<string, Finding[]>();

  beforeAll(async () => {
    const mock = await startMock({ port: 0, apis: [api] });
    for (const operationId of new Set(FAULTS.map((fault) => fault.operationId))) {
      unfaulted.set(operationId, await sweep(description, operationId, mock.baseUrls[api] ?? ""));
    }
    await mock.close();
  });

  test("find nothing where nothing is wrong", () => {
    const findings = [...unfaulted.values()].flat();
    expect(findings, formatFindings(findings)).toEqual([]);
  });

  for (const fault of FAULTS) test(`notice a server that ${fault.name}`, () => expectNoticed(fault));

  async function expectNoticed(fault: Fault): Promise<void> {
    const findings = await faulty(description, api, fault);
    const checks = [...new Set(findings.map(({ check }) => check))].sort();
    const expected = fault.andMore ? expect.arrayContaining([...fault.checks]) : fault.checks;
    expect(checks, formatFindings(findings.slice(0, 5))).toEqual(expected);
    if (fault.location !== undefined) expect(findings.map(({ location }) => location)).toContain(fault.location);
    for (const found of findings) {
      expect(found.operationId).toBe(fault.operationId);
      expect(found.pointer).not.toBe("");
    }
  }
});

async function faulty(description: Description, api: string, fault: Fault): Promise<Finding[]> {
  const document = structuredClone(description.document);
  const operation = findOperation(description, fault.operationId);
  const edit: Edit = {
    operation: (...steps) => reach(document, "paths", operation.path, operation.method.toLowerCase(), ...steps),
    component: (...steps) => reach(document, "components", ...steps),
  };
  fault.change?.(edit);
  const mock = await startMock({ port: 0, apis: [api], description: { [api]: document }, onAccess: () => {} });
  try {
    return await sweep(description, fault.operationId, mock.baseUrls[api] ?? "", through(fault));
  } finally {
    await mock.close();
  }
}

function reach(document: object, ...steps: string[]): Record<string, unknown> {
  let here: unknown = document;
  for (const step of steps) here = isRecord(here) ? here[step] : undefined;
  if (!isRecord(here)) throw new Error(`There is nothing at ${steps.join(" > ")} that a fault could change.`);
  return here;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
