import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { checkResponse, loadDescription, type Mock, startMock } from "../../../src/testing/index.js";

// biome-ignore lint/suspicious/noExplicitAny: whatever the mock answers.
export type Json = any;

/** An answer of the mock. */
export interface Called {
  status: number;
  body: Json;
}

/** Sends a request to an operation; what comes is held against the description with Ajv, whatever it is. */
export type Call = (
  operationId: string,
  request: `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`,
  body?: object,
  headers?: Record<string, string>,
) => Promise<Called>;

/** A stateful mock of one API that is as it was at the start before every test. */
export function statefulMock(api: string, headers: Record<string, string>): { call: Call; mock: () => Mock } {
  const description = loadDescription(api);
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ root: api, port: 0, stateful: true });
  });
  afterAll(() => mock.close());
  beforeEach(() => mock.reset());
  return {
    mock: () => mock,
    async call(operationId, request, body, more = {}) {
      const [method = "", path = ""] = request.split(" ");
      const json = body === undefined ? {} : { "content-type": "application/json" };
      const response = await fetch(mock.origin + path, {
        method,
        headers: { ...headers, ...json, ...more },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const findings = await checkResponse(description, operationId, response);
      expect(findings.map(({ message, location }) => `${request}: ${message} ${location ?? ""}`)).toEqual([]);
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
  };
}
