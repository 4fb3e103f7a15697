import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Case, casesFor, type Finding, loadDescription } from "../../src/testing/index.js";
import { kitchenSink } from "../testing/kitchen-sink.js";
import { BEYOND_PRISM, exceptionFor } from "./beyond-prism.js";
import { findingsOfCase } from "./sweep.js";

const description = loadDescription(kitchenSink());
const sent: { one: Case; exception: string | undefined; findings: readonly Finding[] }[] = [];
let mock: Mock;

beforeAll(async () => {
  // Prism throws on purpose here, at optional lists in headers; that need not be printed.
  mock = await startMock({ port: 0, apis: ["sink"], description: { sink: kitchenSink() }, onAccess: () => {} });
  for (const operation of description.operations) {
    for (const one of (await casesFor(description, operation.operationId)).cases) {
      const findings = await findingsOfCase(description, one, mock.baseUrls.sink ?? "");
      sent.push({ one, exception: exceptionFor(one, operation)?.name, findings });
    }
  }
});

afterAll(() => mock.close());

test("the mock judges every kind of request as the description does, but for the exceptions", () => {
  const unexpected = sent.filter(({ exception, findings }) => exception === undefined && findings.length > 0);
  expect(unexpected.map(({ one, findings }) => [one.id, ...findings.map(({ check }) => check)])).toEqual([]);
});

test.each(Object.entries(BEYOND_PRISM))("Prism still needs the exception for %s", (name) => {
  const covered = sent.filter(({ exception }) => exception === name);
  expect(covered.some(({ findings }) => findings.length > 0)).toBe(true);
});

test("no exception covers a request that Prism judges rightly", () => {
  const needless = sent.filter(({ exception, findings }) => exception !== undefined && findings.length === 0);
  expect(needless.map(({ one, exception }) => `${exception}: ${one.id}`)).toEqual([]);
});
