import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  describedApis,
  loadDescription,
  type Mock,
  placeholderCredentials,
  startMock,
} from "../../src/testing/index.js";
import { type VerifyOptions, verify } from "../../src/verify/index.js";
import { isRead } from "../../src/verify/select.js";
import { mockJudgesRightly } from "./clean.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, onAccess: () => {} });
});
afterAll(() => mock.close());

/** Verifies the mock of an API, but for what Prism judges otherwise than the description: see clean.ts. */
async function verifyMock(api: string, options: Partial<VerifyOptions> = {}) {
  const credentials = placeholderCredentials(loadDescription(api));
  const all = { server: mock.baseUrls[api] ?? "", credentials, accepts: mockJudgesRightly, ...options };
  return (await verify(api, all)).report;
}

/** The mock adds one header of its own, for people who debug. */
const ofServer = (findings: Awaited<ReturnType<typeof verifyMock>>["findings"]) =>
  findings
    .filter(({ location }) => location !== "sl-violations")
    .map((one) => [one.check, one.operationId, one.message]);

describe.each(describedApis())("the mock of %s", (api) => {
  test("conforms with everything that is sent, writing and asking for every answer included", async () => {
    const { findings, coverage, notRun, ended } = await verifyMock(api, { write: true, answers: true, fuzz: 3 });
    expect(ofServer(findings)).toEqual([]);
    expect(coverage.operations.seen).toBe(coverage.operations.total);
    expect(coverage.statuses.seen).toBe(coverage.statuses.total);
    expect([notRun, ended]).toEqual([0, undefined]);
  });

  test("is asked nothing but what reads, unless writing is allowed", async () => {
    const { operations, leftOut, findings } = await verifyMock(api);
    const reads = loadDescription(api).operations.filter(isRead);
    expect(operations).toEqual(reads.map(({ operationId }) => operationId));
    expect(leftOut).toHaveLength(loadDescription(api).operations.length - reads.length);
    expect(ofServer(findings)).toEqual([]);
  });
});
