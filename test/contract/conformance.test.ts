import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import {
  casesFor,
  describedApis,
  documentedAnswers,
  formatFindings,
  loadDescription,
} from "../../src/testing/index.js";
import { exceptionFor } from "./beyond-prism.js";
import { findingsOfAnswer, findingsOfCase, validCase } from "./sweep.js";

/**
 * Everything here comes from the descriptions: a new operation, parameter, limit or example is a new test. The mock is
 * Prism, the judge is Ajv, so that a mistake of one is no mistake of the other.
 */
const subjects = await Promise.all(
  describedApis().map(async (api) => {
    const description = loadDescription(api);
    const operations = description.operations.map(async (operation) => {
      const made = await casesFor(description, operation.operationId).catch((error: unknown) => ({ error }));
      return { operation, cases: [], leftOut: [], error: undefined, ...made };
    });
    return { api, description, operations: await Promise.all(operations) };
  }),
);

let mock: Mock;
const baseUrl = (api: string): string => mock.baseUrls[api] ?? "";

beforeAll(async () => {
  mock = await startMock({ port: 0, apis: describedApis() });
});

afterAll(() => mock.close());

describe.each(subjects)("the mock of $api", ({ api, description, operations }) => {
  describe.each(operations)("$operation.operationId", ({ operation, cases, leftOut, error }) => {
    if (error !== undefined) {
      // One operation without examples must not keep all others from being tested.
      test("has the examples that cases are made from", () => Promise.reject(error));
      return;
    }

    for (const one of cases) {
      // What Prism judges otherwise is left to beyond-prism.test.ts, which shows for each that it really does.
      if (exceptionFor(one, operation)) continue;
      test(`answers as described: ${one.kind}, ${one.id.slice(operation.operationId.length + 2)}`, async () => {
        const findings = await findingsOfCase(description, one, baseUrl(api));
        expect(findings, formatFindings(findings)).toEqual([]);
      });
    }

    for (const answer of documentedAnswers(description, operation)) {
      test(`has a documented answer that fits its own schema: ${answer.id}`, async () => {
        const findings = await findingsOfAnswer(description, validCase(cases), answer, baseUrl(api));
        expect(findings, formatFindings(findings)).toEqual([]);
      });
    }

    test("has a case for every limit, enum and type that a request can break", () => {
      const unavoidable = ["an empty path segment is another path", "no status for a bad request is documented"];
      const gaps = leftOut.filter(({ reason }) => !unavoidable.includes(reason));
      expect(gaps).toEqual([]);
    });
  });

  test("tells every case from every other by its id", () => {
    const ids = operations.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is tested at every operation with valid and, where something can be invalid, with invalid requests", () => {
    for (const { operation, cases, error } of operations) {
      if (error !== undefined) continue;
      const kinds = new Set(cases.map(({ kind }) => kind));
      expect(kinds, operation.operationId).toContain("positive");
      const { parameters, requestBody, responses } = operation;
      if (!responses.some(({ status }) => ["400", "422"].includes(status))) continue;
      const fallible =
        parameters.some(({ required, in: place }) => required && place !== "path") || requestBody?.required;
      if (fallible) expect(kinds, operation.operationId).toContain("negative");
    }
  });
});
