import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describedApis, type Mock, startMock } from "../../src/testing/index.js";
import { VERIFY_CHECKS } from "../../src/verify/index.js";
import { CATALOGUE, sentenceOf } from "./catalogue/index.js";
import { byScope, inject, mended } from "./inject.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, onAccess: () => {} });
});
afterAll(() => mock.close());

describe("the verifier", () => {
  test.each(CATALOGUE.map((fault) => [fault.api, sentenceOf(fault), fault] as const))(
    "catches with %s %s",
    async (api, _name, fault) => {
      const found = await inject(fault, mock.baseUrls[api] ?? "");
      const checks = [...new Set(found.map(({ check }) => check))].sort();
      expect(checks, found.map(({ message }) => message).join("\n")).toEqual([...fault.checks].sort());
      if (fault.location !== undefined) expect(found.map(({ location }) => location)).toContain(fault.location);
      for (const one of found) expect(fault.only).toContain(one.operationId);
    },
  );

  test.each(byScope(CATALOGUE).map((fault) => [fault.api, fault.only.join(), fault] as const))(
    "finds nothing in %s %s where nothing is wrong",
    async (api, _only, fault) => {
      const found = await inject(mended(fault), mock.baseUrls[api] ?? "");
      expect(found.map(({ check, message, exchange }) => [check, message, exchange.label])).toEqual([]);
    },
  );
});

describe("the catalogue", () => {
  test("has at least 60 faults, of every API", () => {
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(CATALOGUE.map(({ api }) => api))].sort()).toEqual(describedApis());
  });

  test("has a fault for every check", () => {
    const checked = new Set(CATALOGUE.flatMap(({ checks }) => checks));
    expect(Object.keys(VERIFY_CHECKS).filter((check) => !checked.has(check as keyof typeof VERIFY_CHECKS))).toEqual([]);
  });
});
