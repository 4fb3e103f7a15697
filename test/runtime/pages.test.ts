import { expect, test } from "vitest";
import { ApiResponseError } from "../../runtime/index.js";
import { type Handler, listNotes, type Note, type NotePage, notes, rejection, sendJson, serve } from "./support.js";

/** Answers three pages of two notes. */
const threePages: Handler = (response, { url }) => {
  const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
  const list = [{ id: `${page}a` }, { id: `${page}b` }];
  sendJson(response, 200, { data: { notes: list, pagination: { page, hasNext: page < 3 } } });
};

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const urls = (server: { requests: { url: string }[] }) => server.requests.map(({ url }) => url);

test("iterating yields the items of all pages and asks for each page once", async () => {
  const server = await serve(threePages);
  const list = notes(server).list<Note, NotePage>(listNotes, { params: { tag: "x", limit: 2 } });
  expect((await collect(list)).map(({ id }) => id)).toEqual(["1a", "1b", "2a", "2b", "3a", "3b"]);
  expect(urls(server)).toEqual(["/notes?tag=x&limit=2", "/notes?tag=x&limit=2&page=2", "/notes?tag=x&limit=2&page=3"]);
});

test("awaiting gives the first page alone, with its response", async () => {
  const server = await serve(threePages);
  const list = notes(server).list<Note, NotePage>(listNotes, {});
  expect((await list).notes).toEqual([{ id: "1a" }, { id: "1b" }]);
  expect((await list.withResponse()).response.status).toBe(200);
  expect(urls(server)).toEqual(["/notes"]);
});

test("iterating after awaiting does not send the first page again, nor does a second loop", async () => {
  const server = await serve(threePages);
  const list = notes(server).list<Note, NotePage>(listNotes, {});
  await list;
  expect(await collect(list)).toHaveLength(6);
  expect(await collect(list.pages())).toHaveLength(3);
  expect(urls(server).filter((url) => url === "/notes")).toHaveLength(1);
});

test("leaving the loop asks for no further page", async () => {
  const server = await serve(threePages);
  for await (const note of notes(server).list<Note, NotePage>(listNotes, {})) {
    if (note.id === "1b") break;
  }
  expect(urls(server)).toEqual(["/notes"]);
});

test("pages go on from the one that the call asks for", async () => {
  const server = await serve(threePages);
  const pages = await collect(
    notes(server)
      .list<Note, NotePage>(listNotes, { params: { page: 2 } })
      .pages(),
  );
  expect(pages.map(({ pagination }) => pagination.page)).toEqual([2, 3]);
  expect(urls(server)).toEqual(["/notes?page=2", "/notes?page=3"]);
});

test("fields that change during the loop do not change the list", async () => {
  const server = await serve(threePages);
  const params = { tag: "x" };
  for await (const _ of notes(server).list<Note, NotePage>(listNotes, { params })) params.tag = "y";
  expect(urls(server)[2]).toBe("/notes?tag=x&page=3");
});

test("a server that ignores the page's number is not asked forever", async () => {
  const answer = { data: { notes: [{ id: "1" }], pagination: { page: 1, hasNext: true } } };
  const server = await serve((response) => sendJson(response, 200, answer));
  const error = await rejection(collect(notes(server).list(listNotes, {})));
  expect(error).toBeInstanceOf(ApiResponseError);
  expect(error).toMatchObject({
    message: expect.stringContaining("a page that it sent before"),
    operation: "listNotes",
  });
  expect(server.requests).toHaveLength(2);
});

test("a server that ignores the page's number and does not say which it sends is not asked forever", async () => {
  const server = await serve((response, _request, count) =>
    sendJson(response, 200, { data: { notes: [{ id: "1" }], pagination: { hasNext: true } }, count }),
  );
  expect(await rejection(collect(notes(server).list(listNotes, {})))).toBeInstanceOf(ApiResponseError);
  expect(server.requests).toHaveLength(2);
});

test("a page without items that announces another is not followed", async () => {
  const server = await serve((response, _request, count) =>
    sendJson(response, 200, { data: { notes: [], pagination: { page: count, hasNext: true } } }),
  );
  const error = await rejection(collect(notes(server).list(listNotes, {})));
  expect(error).toBeInstanceOf(ApiResponseError);
  expect(server.requests).toHaveLength(1);
});

test("an empty list is no items and no error", async () => {
  const server = await serve((response) =>
    sendJson(response, 200, { data: { notes: [], pagination: { page: 1, hasNext: false } } }),
  );
  expect(await collect(notes(server).list(listNotes, {}))).toEqual([]);
});

test("a page without a list is an ApiResponseError and not a TypeError", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: {} }));
  expect(await rejection(collect(notes(server).list(listNotes, {})))).toBeInstanceOf(ApiResponseError);
});

test("an error on a later page reaches the loop after the items before it", async () => {
  const server = await serve((response, request, count, incoming) => {
    if (count === 2) sendJson(response, 404, {});
    else threePages(response, request, count, incoming);
  });
  const seen: string[] = [];
  const loop = async () => {
    for await (const { id } of notes(server).list<Note, NotePage>(listNotes, {})) seen.push(id);
  };
  expect(await rejection(loop())).toMatchObject({ status: 404 });
  expect(seen).toEqual(["1a", "1b"]);
});

test("a signal ends the loop between two pages", async () => {
  const server = await serve(threePages);
  const controller = new AbortController();
  const list = notes(server).list<Note, NotePage>(listNotes, {}, { signal: controller.signal });
  const loop = async () => {
    for await (const { id } of list) if (id === "1b") controller.abort();
  };
  expect(await rejection(loop())).toMatchObject({ name: "ApiAbortError" });
  expect(server.requests).toHaveLength(1);
});
