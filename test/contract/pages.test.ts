import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { HeroBrain } from "../../src/herobrain.js";
import { type Listening, listen } from "../../src/server/listen.js";

let listening: Listening;
let asked: string[] = [];
beforeAll(async () => {
  listening = await listen(
    createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://127.0.0.1");
      asked.push(url.search);
      const page = Number(url.searchParams.get("page") ?? 1);
      const data = {
        memories: [1, 2].map((n) => ({
          id: `mem_${page}_${n}`,
          content: "x",
          type: "task",
          importance: 0.5,
          createdAt: "2025-11-19T10:00:00Z",
        })),
        pagination: { page, limit: 2, total: 6, pages: 3, hasNext: page < 3, hasPrevious: page > 1 },
      };
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          success: true,
          data,
          metadata: { request_id: `req_${page}`, timestamp: "2025-11-19T10:00:00Z", version: "v1" },
        }),
      );
    }),
  );
});
beforeEach(() => {
  asked = [];
});
afterAll(() => listening.close());

const client = () => new HeroBrain({ apiKey: "hb_test", tenantId: "user_12345", baseUrl: listening.origin });

test("iterating over a list fetches page after page, with the same filters", async () => {
  const ids = [];
  for await (const memory of client().memories.list({ type: "task", limit: 2 })) ids.push(memory.id);
  expect(ids).toEqual(["mem_1_1", "mem_1_2", "mem_2_1", "mem_2_2", "mem_3_1", "mem_3_2"]);
  expect(asked).toHaveLength(3);
  for (const query of asked) expect(query).toMatch(/type=task.*|limit=2/);
});

test("a break asks for no further page", async () => {
  for await (const memory of client().memories.list({ limit: 2 })) if (memory.id === "mem_1_2") break;
  expect(asked).toHaveLength(1);
});

test("awaiting a list gives its first page, and .pages() gives all of them", async () => {
  const first = await client().memories.list({ limit: 2 });
  expect(first.pagination.total).toBe(6);
  const pages = [];
  for await (const page of client().memories.list({ limit: 2 }).pages()) pages.push(page.pagination.page);
  expect(pages).toEqual([1, 2, 3]);
});
