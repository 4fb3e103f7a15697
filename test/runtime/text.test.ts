import { expect, test } from "vitest";
import { NotesError, notes, rejection, sendJson, serve, signalled } from "./support.js";

const page = { id: "getPage", method: "GET", path: "/page", answer: "text" } as const;

test.each(["<h1>Hello</h1>\r\n", '{"json":true}', "  ", "# é 🎉"])(
  "text resolves to the body as it is (%j)",
  async (text) => {
    const server = await serve((response) => response.writeHead(200, { "content-type": "text/html" }).end(text));
    expect(await notes(server).call(page, {})).toBe(text);
  },
);

test.each([200, 204])("an empty text is the empty string (%i)", async (status) => {
  const server = await serve((response) => response.writeHead(status, { "x-request-id": "req_1" }).end());
  const { data, requestId } = await notes(server).call(page, {}).withResponse();
  expect(data).toBe("");
  expect(requestId).toBe("req_1");
});

test("any kind of text is accepted, unless the operation says which", async () => {
  const server = await serve((response) => response.end("t"));
  await notes(server).call(page, {});
  await notes(server).call({ ...page, accept: "text/markdown" }, {});
  await notes(server).call({ ...page, accept: "text/markdown" }, {}, { headers: { accept: "text/html" } });
  expect(server.requests.map(({ headers }) => headers.accept)).toEqual(["*/*", "text/markdown", "text/html"]);
});

test("an error of an operation that answers with text is the documented one", async () => {
  const server = await serve((response) => sendJson(response, 404, { errors: [{ code: "NOT_FOUND" }] }));
  const error = await rejection(notes(server).call(page, {}));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({ status: 404, code: "NOT_FOUND" });
});

test("a text that breaks off is an ApiConnectionError", async () => {
  const broken = signalled();
  const server = await serve((response) => {
    response.writeHead(200, { "content-length": "100" }).write("half", () => {
      response.destroy();
      broken.resolve();
    });
  });
  expect(await rejection(notes(server).call(page, {}))).toMatchObject({ name: "ApiConnectionError" });
  await broken.promise;
});
