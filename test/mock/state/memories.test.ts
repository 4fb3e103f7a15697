import { describe, expect, test } from "vitest";
import { type Json, statefulMock } from "./calls.js";

const { call, mock } = statefulMock("herobrain", { authorization: "Bearer hb_test" });
const tenant = "user_12345";
const samples = "00000000-0000-0000-0000-000000000001";
const memories = "/api/v1/memories";

const create = (memory: object, tenantId = tenant) =>
  call("createMemory", `POST ${memories}`, { content: "Water the plants", type: "task", tenantId, ...memory });
const list = (query: string, tenantId = tenant) =>
  call("listMemories", `GET ${memories}?tenantId=${tenantId}&${query}`);
const read = (id: string, tenantId = tenant) => call("getMemory", `GET ${memories}/${id}?tenantId=${tenantId}`);
const search = (body: object, tenantId = tenant) =>
  call("searchMemories", `POST ${memories}/search`, { query: "plants", tenantId, ...body });

/** All memories of a tenant, page by page. */
async function walk(query: string, tenantId: string, limit: number): Promise<Json[]> {
  const found: Json[] = [];
  for (let page = 1; ; page++) {
    const { body } = await list(`${query}&page=${page}&limit=${limit}`, tenantId);
    found.push(...body.data.memories);
    if (!body.data.pagination.hasNext) return found;
  }
}

describe("a memory", () => {
  test("that was created can be read, is listed first and is found", async () => {
    const sent = { importance: 0.7, tags: ["home"], metadata: { room: "kitchen" } };
    const { status, body } = await create(sent);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ content: "Water the plants", type: "task", ...sent });
    expect(body.data.id).toMatch(/^mem_[0-9a-f]{12}$/);
    expect((await read(body.data.id)).body.data).toEqual(body.data);
    const { tags: _tags, metadata: _metadata, updatedAt: _updated, ...summary } = body.data;
    expect((await list("")).body.data.memories[0]).toEqual(summary);
    expect((await search({})).body.data.results).toEqual([{ ...summary, relevance: 1 }]);
  });

  test("has the documented defaults for what was not sent, and nothing of the example's", async () => {
    const { data } = (await create({})).body;
    expect(Object.keys(data)).toEqual(["id", "content", "type", "importance", "createdAt", "updatedAt"]);
    expect(data.importance).toBe(0.5);
  });

  test("keeps what a change does not name, and tells when it was changed", async () => {
    const { data } = (await create({ tags: ["home"], importance: 0.2 })).body;
    const changed = await call("updateMemory", `PATCH ${memories}/${data.id}`, { importance: 0.9 });
    const { updatedAt, ...rest } = changed.body.data;
    expect(rest).toEqual({ ...data, importance: 0.9, updatedAt: undefined });
    expect(updatedAt >= data.updatedAt).toBe(true);
    expect((await read(data.id)).body.data).toEqual(changed.body.data);
  });

  test("that was deleted is answered with the documented 404, and neither listed, counted nor found", async () => {
    const { id } = (await create({})).body.data;
    const before = (await list("")).body.data.pagination.total;
    const path = `${memories}/${id}` as const;
    expect((await call("deleteMemory", `DELETE ${path}?tenantId=${tenant}`)).status).toBe(200);
    for (const gone of [
      await read(id),
      await call("updateMemory", `PATCH ${path}`, { importance: 1 }),
      await call("deleteMemory", `DELETE ${path}`),
    ]) {
      expect([gone.status, gone.body.errors[0].code]).toEqual([404, "RESOURCE_NOT_FOUND"]);
    }
    const { data } = (await list("")).body;
    expect(data.pagination.total).toBe(before - 1);
    expect(JSON.stringify(data)).not.toContain(id);
    expect((await search({})).body.data.results).toEqual([]);
  });

  test("of another tenant is neither shown, listed nor found, and asking for it is answered with the documented 403", async () => {
    const { id } = (await create({}, "user_2")).body.data;
    const { status, body } = await read(id);
    expect([status, body.errors[0].code]).toEqual([403, "TENANT_MISMATCH"]);
    expect((await list("limit=100")).body.data.memories.map((one: Json) => one.id)).not.toContain(id);
    expect((await search({})).body.data.results).toEqual([]);
    expect((await read(id, "user_2")).status).toBe(200);
  });

  test("comes alone although many are created at the same time", async () => {
    const made = await Promise.all(Array.from({ length: 30 }, (_, index) => create({ content: `Number ${index}` })));
    expect(new Set(made.map(({ body }) => body.data.id)).size).toBe(30);
    expect((await list("")).body.data.pagination.total).toBe(31);
  });
});

describe("the memory of the examples", () => {
  test("is there from the beginning, and found by the documented search", async () => {
    expect((await read("mem_abc123def456")).body.data.tags).toEqual(["meeting", "q4"]);
    const { results, query } = (await search({ query: "Q4 planning meetings", limit: 10, minRelevance: 0.7 })).body
      .data;
    expect(results.map((one: Json) => one.id)).toEqual(["mem_abc123def456"]);
    expect(query).toBe("Q4 planning meetings");
  });
});

describe("the test tenant", () => {
  test("has 975 memories of all 13 types, each of which can be read, and no two with the same text", async () => {
    const all = await walk("", samples, 100);
    expect(all).toHaveLength(975);
    expect(new Set(all.map(({ id }) => id)).size).toBe(975);
    expect(new Set(all.map(({ content }) => content)).size).toBe(975);
    expect(new Set(all.map(({ type }) => type)).size).toBe(13);
    expect(all.filter(({ content }) => /[{}]|undefined|\bnull\b/.test(content))).toEqual([]);
    for (const one of all.slice(0, 975).filter((_, index) => index % 65 === 0)) {
      expect((await read(one.id, samples)).body.data).toMatchObject(one);
    }
  });

  test("is the same after every start", async () => {
    const first = (await list("limit=100", samples)).body.data;
    mock().reset();
    expect((await list("limit=100", samples)).body.data).toEqual(first);
  });

  test.each([1, 7, 50, 99, 100])("is walked to its end in pages of %i without a repeat or a gap", async (limit) => {
    const pages = Math.ceil(975 / limit);
    const ids = new Set<string>();
    // Of very small pages only the last ones are asked for.
    for (let page = Math.max(1, pages - 20); page <= pages; page++) {
      const { memories: items, pagination } = (await list(`page=${page}&limit=${limit}`, samples)).body.data;
      expect(pagination).toEqual({ page, limit, total: 975, pages, hasNext: page < pages, hasPrevious: page > 1 });
      expect(items).toHaveLength(page < pages ? limit : 975 - (pages - 1) * limit);
      for (const { id } of items) ids.add(id);
    }
    expect(ids.size).toBe(975 - Math.max(0, pages - 21) * limit);
  });

  test("has empty pages behind the last", async () => {
    const { memories: items, pagination } = (await list("page=11&limit=100", samples)).body.data;
    expect(items).toEqual([]);
    expect(pagination).toMatchObject({ page: 11, total: 975, pages: 10, hasNext: false, hasPrevious: true });
  });

  test.each(["page=0", "page=-3", "limit=0", "limit=-1", "page=1e3"])("survives %s", async (query) => {
    expect((await list(query, samples)).status).toBe(200);
  });

  test.each([
    ["createdAt", "desc"],
    ["createdAt", "asc"],
    ["updatedAt", "desc"],
    ["importance", "asc"],
    ["importance", "desc"],
  ])("is in the order of %s, %s", async (sort, order) => {
    const found = await walk(`sort=${sort}&order=${order}&type=task`, samples, 100);
    const whole = await Promise.all(found.map(async ({ id }) => (await read(id, samples)).body.data));
    const values = whole.map((one) => one[sort]);
    const ascending = [...values].sort((a, b) => (a < b ? -1 : Number(a > b)));
    expect(values).toEqual(order === "asc" ? ascending : ascending.reverse());
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  test.each([
    ["decision", undefined],
    ["task", "urgent"],
    ["task", "urgent, platform"],
    ["emotional", "mood,forecast"],
    ["task", "no-such-tag"],
  ])("is filtered by type %s and tags %s as a naive filter does it", async (type, tags) => {
    const ids = (some: Json[]) => some.map(({ id }) => id);
    const all = (await walk("", samples, 100)).filter((one) => one.type === type);
    const whole: Json[] = await Promise.all(all.map(async ({ id }) => (await read(id, samples)).body.data));
    const wanted = tags?.split(",").map((tag) => tag.trim());
    const expected = whole.filter((one) => wanted?.some((tag) => one.tags.includes(tag)) ?? true);
    const query = `type=${type}${tags === undefined ? "" : `&tags=${encodeURIComponent(tags)}`}`;
    expect(ids(await walk(query, samples, 20))).toEqual(ids(expected));
    const tagged = tags === undefined ? all : await walk(`tags=${encodeURIComponent(tags)}`, samples, 100);
    expect(ids(tagged.filter((one) => one.type === type))).toEqual(ids(expected));
  });

  test("is searched by words: the best first, none without a word of the query, none beyond the limits", async () => {
    const query = "meeting with Sarah Chen about the hiring plan";
    const { results } = (await search({ query, limit: 100 }, samples)).body.data;
    const scores = results.map((one: Json) => one.relevance);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(scores.at(-1));
    expect(results[0].content).toMatch(/Sarah Chen.*the hiring plan|the hiring plan.*Sarah Chen/i);
    expect((await search({ query, limit: 3 }, samples)).body.data.results).toEqual(results.slice(0, 3));
    const least = (await search({ query, limit: 100, minRelevance: 0.8, type: "episodic", tags: ["meeting"] }, samples))
      .body.data.results;
    expect(least.length).toBeGreaterThan(0);
    expect(least.filter((one: Json) => one.relevance < 0.8 || one.type !== "episodic")).toEqual([]);
    expect((await search({ query: "xylophone" }, samples)).body.data.results).toEqual([]);
    expect((await search({ query: "" }, samples)).body.data.results).toEqual([]);
  });

  test("counts in the usage of its tenant", async () => {
    await create({}, samples);
    const { body } = await call("getUsageMetrics", `GET /api/v1/usage/metrics/${samples}`);
    expect(body.data.memories.count).toBe(976);
  });
});
