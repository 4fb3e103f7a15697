import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { checkResponse, loadDescription } from "../../src/testing/index.js";

const run = promisify(execFile);
const host = "https://api.herobrain.ai";

/** The commands of HeroBrain's API Reference, as it prints them; the operation that each of them calls. */
const commands: readonly { operationId: string; command: string }[] = [
  {
    operationId: "createMemory",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/memories" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "content": "Met with Sarah Chen about Q4 goals. Focus on revenue growth.",
    "type": "episodic",
    "importance": 0.8,
    "tags": ["meeting", "q4"],
    "metadata": {
      "source": "meeting",
      "contact_name": "Sarah Chen",
      "sentiment": "positive"
    },
    "tenantId": "user_12345"
  }'`,
  },
  {
    operationId: "getMemory",
    command: `curl "https://api.herobrain.ai/api/v1/memories/mem_abc123def456?tenantId=user_12345" \\
  -H "Authorization: Bearer hb_your_api_key_here"`,
  },
  {
    operationId: "listMemories",
    command: `curl "https://api.herobrain.ai/api/v1/memories?tenantId=user_12345&page=1&limit=20&type=episodic&sort=importance&order=desc" \\
  -H "Authorization: Bearer hb_your_api_key_here"`,
  },
  {
    operationId: "updateMemory",
    command: `curl -X PATCH "https://api.herobrain.ai/api/v1/memories/mem_abc123def456" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "importance": 0.9,
    "tags": ["meeting", "q4", "important"]
  }'`,
  },
  {
    operationId: "deleteMemory",
    command: `curl -X DELETE "https://api.herobrain.ai/api/v1/memories/mem_abc123def456?tenantId=user_12345" \\
  -H "Authorization: Bearer hb_your_api_key_here"`,
  },
  {
    operationId: "searchMemories",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/memories/search" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "query": "Q4 planning meetings",
    "tenantId": "user_12345",
    "limit": 10,
    "minRelevance": 0.7
  }'`,
  },
  {
    operationId: "createApiKey",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/api-keys" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "Production API Key",
    "tenantId": "user_12345",
    "environment": "production",
    "scopes": ["read:memories", "write:memories"]
  }'`,
  },
  {
    operationId: "listApiKeys",
    command: `curl "https://api.herobrain.ai/api/v1/api-keys?tenantId=user_12345" \\
  -H "Authorization: Bearer hb_your_api_key_here"`,
  },
  {
    operationId: "revokeApiKey",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/api-keys/revoke" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "keyId": "key_abc123def456",
    "tenantId": "user_12345"
  }'`,
  },
  {
    operationId: "createWebhook",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/webhooks" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "Memory Sync",
    "url": "https://your-app.com/webhooks/herobrain",
    "events": ["memory.created", "memory.updated"],
    "secret": "your-webhook-secret"
  }'`,
  },
  {
    operationId: "analyzeDecisionChain",
    command: `curl -X POST "https://api.herobrain.ai/api/v1/intelligence/decision-chain" \\
  -H "Authorization: Bearer hb_your_api_key_here" \\
  -H "Content-Type: application/json" \\
  -d '{
    "topic": "Q4 strategy",
    "tenantId": "user_12345",
    "timeRange": {
      "from": "2025-10-01T00:00:00Z",
      "to": "2025-11-19T23:59:59Z"
    }
  }'`,
  },
];

describe("the commands of the API Reference, sent to the mock, are answered as described", async () => {
  const description = await loadDescription("herobrain");
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ port: 0 });
  });
  afterAll(() => mock.close());

  test.each(commands)("$operationId", async ({ operationId, command }) => {
    const local = command.replace(host, mock.baseUrls.herobrain ?? "");
    expect(local).not.toContain(host);
    const { stdout } = await run("sh", ["-c", local.replace("curl ", "curl --silent --show-error --include ")]);
    const [head = "", ...body] = stdout.split("\r\n\r\n");
    const [statusLine = "", ...headerLines] = head.split("\r\n");
    const status = Number(statusLine.split(" ")[1]);
    const headers = new Headers(
      headerLines.map((line): [string, string] => [
        line.slice(0, line.indexOf(":")),
        line.slice(line.indexOf(":") + 1).trim(),
      ]),
    );
    expect(status).toBe(200);
    expect(await checkResponse(description, operationId, { status, headers, body: body.join("\r\n\r\n") })).toEqual([]);
  });
});
