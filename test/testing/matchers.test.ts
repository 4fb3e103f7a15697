import { expect, test, vi } from "vitest";
import "../../src/testing/vitest.js";
import { loadDescription, matchers } from "../../src/testing/index.js";
import { kitchenSink } from "./kitchen-sink.js";

const sink = kitchenSink();
const respond = (body: unknown, headers: Record<string, string> = { "x-limit": "1" }) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json", ...headers } });

test("a response that conforms passes", async () => {
  await expect(respond({ id: "a1", token: "t" })).toConformTo(sink, "readAnswers");
});

test("a response that does not conform fails with every finding, readable and with the place in the description", async () => {
  const failure = expect(respond({ id: "x", created: 5, token: "t" }, {})).toConformTo(sink, "readAnswers");
  await expect(failure).rejects.toThrow(
    [
      "expected the response with status 200 to conform to readAnswers of Kitchen sink, but:",
      "",
      "response-header-missing at X-Limit: The header X-Limit is required on status 200.",
      "  described at: /paths/~1answers/get/responses/200/headers/X-Limit (observed)",
      'response-body at /id: The value must match pattern "^a\\d$".',
      '  received: "x"',
      "  described at: /components/schemas/Account/properties/id/pattern (observed)",
      "response-body at /created: The value must be string.",
      "  received: 5",
      "  described at: /components/schemas/Account/properties/created/type (inferred)",
    ].join("\n"),
  );
});

test("the negated matcher says so when a response conforms after all", async () => {
  await expect(respond({})).not.toConformTo(sink, "readAnswers");
  const failure = expect(respond({ id: "a1", token: "t" })).not.toConformTo(sink, "readAnswers");
  await expect(failure).rejects.toThrow("not to conform to readAnswers of Kitchen sink, but it does");
});

test("an API of this package is known by its name, another one is answered with the names there are", async () => {
  const description = loadDescription("herobrain");
  const [operation] = description.operations;
  const result = await matchers.toConformTo(respond({}), "herobrain", operation?.operationId ?? "");
  expect(result.message()).toContain(`${operation?.operationId} of herobrain`);
  await expect(matchers.toConformTo(respond({}), "herobrane", "x")).rejects.toThrow(
    /no API named "herobrane"\. Known: .*herobrain/,
  );
});

test("an object that is no OpenAPI document is refused", () => {
  expect(() => loadDescription({ swagger: "2.0" })).toThrow("This is no OpenAPI 3.1 or 3.2 document");
});

test("the entry for Jest extends the global expect, and says what to do without one", async () => {
  await expect(import("../../src/testing/jest.js")).rejects.toThrow("expect.extend(matchers)");
  vi.resetModules();
  const extend = vi.fn();
  vi.stubGlobal("expect", { extend });
  await import("../../src/testing/jest.js");
  vi.unstubAllGlobals();
  expect(extend.mock.calls).toEqual([[{ toConformTo: expect.any(Function) }]]);
});
