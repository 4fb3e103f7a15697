import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  describedApis,
  loadDescription,
  type Mock,
  placeholderCredentials,
  startMock,
} from "../../../src/testing/index.js";
import { verify } from "../../../src/verify/index.js";
import { mockJudgesRightly } from "../../verify/clean.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, stateful: true });
});
afterAll(() => mock.close());

describe.each(describedApis())("the stateful mock of %s", (api) => {
  test("conforms with everything that is sent, and what was created is there until it is deleted", async () => {
    const credentials = placeholderCredentials(loadDescription(api));
    const server = mock.baseUrls[api] ?? "";
    const { report } = await verify(api, { server, credentials, write: true, fuzz: 3, accepts: mockJudgesRightly });
    // The mock adds one header of its own, for people who debug.
    const findings = report.findings.filter(({ location }) => location !== "sl-violations");
    const told = findings.map(({ operationId, message }) => `${operationId}: ${message}`);
    expect(told).toEqual([]);
    expect([report.notRun, report.ended]).toEqual([0, undefined]);
    // Of a mock that only answers examples, the verifier says that it cannot tell.
    expect(report.undecided.filter(({ reason }) => /as a mock does/.test(reason))).toEqual([]);
  });
});
