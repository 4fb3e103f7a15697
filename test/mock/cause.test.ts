import { expect, test } from "vitest";
import { causeOf } from "../../src/mock/webhooks/cause.js";

const operations = [
  "createMemory",
  "searchMemories",
  "deleteMemory",
  "revokeApiKey",
  "applyPolicy",
  "stopRun",
  "getMemory",
];

test.each([
  ["memory.created", "createMemory"],
  ["memory.deleted", "deleteMemory"],
  ["api_key.revoked", "revokeApiKey"],
  ["apiKey.revoked", "revokeApiKey"],
  ["policy.applied", "applyPolicy"],
  ["run.stopped", "stopRun"],
  ["search.performed", "searchMemories"],
])("%s is caused by %s", (event, operation) => {
  expect(causeOf(event, operations)).toBe(operation);
});

test.each(["memory.updated", "key.revoked", "memory", "", "memory.create"])("nothing obviously causes %j", (event) => {
  expect(causeOf(event, operations)).toBeUndefined();
});

test("what two operations may have caused, none has obviously", () => {
  expect(causeOf("search.performed", ["searchMemories", "searchDocuments"])).toBeUndefined();
});
