import { createServer, type RequestListener } from "node:http";
import { type Listening, listen } from "../../src/server/listen.js";

/** A description with two operations, one of which needs a key. */
export const TINY = {
  openapi: "3.2.0",
  info: { title: "tiny", version: "1" },
  "x-client": { name: "Tiny" },
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  paths: {
    "/things": {
      get: {
        operationId: "listThings",
        "x-sdk": "things.list",
        tags: ["Things"],
        responses: {
          "200": {
            description: "All of them.",
            content: { "application/json": { schema: { type: "array", items: { type: "string" } }, example: ["a"] } },
          },
          "401": { description: "No key." },
        },
      },
      post: {
        operationId: "createThing",
        "x-sdk": "things.create",
        tags: ["Making"],
        "x-evidence": "inferred",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["name"], properties: { name: { type: "string", maxLength: 5 } } },
              example: { name: "it's" },
            },
          },
        },
        responses: {
          "200": {
            description: "The thing.",
            content: { "application/json": { schema: { type: "object" }, example: {} } },
          },
          "400": { description: "Not a thing." },
          "401": { description: "No key." },
        },
      },
    },
  },
};

/** The key that opens the tiny server. */
export const KEY = "tiny-secret-key-1234";

/** Serves something as the tiny server, for as long as a test takes. */
export async function serving<Result>(
  listener: RequestListener,
  use: (server: Listening) => Promise<Result>,
): Promise<Result> {
  const server = createServer(listener);
  const listening = await listen(server);
  try {
    return await use(listening);
  } finally {
    server.closeAllConnections();
    await listening.close();
  }
}

/** The tiny API as described. */
export const rightly: RequestListener = async (request, response) => {
  let body = "";
  try {
    for await (const chunk of request) body += chunk;
  } catch {
    return; // The client has gone meanwhile.
  }
  if (!request.headers.authorization) return void response.writeHead(401).end();
  if (request.method !== "GET" && request.method !== "POST") {
    return void response.writeHead(405, { allow: "GET, POST" }).end();
  }
  const name = request.method === "POST" && body !== "" ? JSON.parse(body)?.name : "fine";
  if (typeof name !== "string" || [...name].length > 5 || (request.method === "POST" && body === "")) {
    return void response.writeHead(400).end();
  }
  response.writeHead(200, { "content-type": "application/json" }).end(request.method === "GET" ? '["a"]' : "{}");
};
