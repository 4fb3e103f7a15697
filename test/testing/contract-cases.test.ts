import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mock } from "../../src/testing/index.js";
import {
  type ContractError,
  contractCases,
  loadDescription,
  placeholderCredentials,
  startMock,
} from "../../src/testing/index.js";

const cases = await contractCases("herobrain");
const credentials = placeholderCredentials(loadDescription("herobrain"));
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, apis: ["herobrain"] });
});
afterAll(() => mock.close());

const named = (name: string) => {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`There is no case "${name}".`);
  return found;
};

describe("the cases for runners of all kinds", () => {
  test("have a name each, and there is one for every operation", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(new Set(cases.map(({ operationId }) => operationId)).size).toBe(18);
  });

  test("tell what only reads: GET, and a POST that says so", () => {
    expect(named("listMemories: as documented").reads).toBe(true);
    expect(named("searchMemories: only what is required").reads).toBe(true);
    expect(named("createMemory: only what is required").reads).toBe(false);
  });

  test("pass where the server is as described", async () => {
    const options = { baseUrl: mock.baseUrls.herobrain ?? "", credentials };
    await named("listMemories: as documented").run(options);
    await named("listMemories: query limit above 100").run(options);
  });

  test("throw an error that says what is wrong where it is not", async () => {
    const fetch = async () => Response.json({ success: true });
    const error: ContractError = await named("getMemory: as documented")
      .run({ baseUrl: "http://127.0.0.1:1", credentials, fetch })
      .catch((thrown) => thrown);
    expect(error.name).toBe("ContractError");
    expect(error.message).toMatch(/^getMemory: as documented\n/);
    expect(error.findings.map(({ check }) => check)).toContain("response-body");
  });
});
