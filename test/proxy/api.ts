import type { RequestListener } from "node:http";
import type { ProxyEntry, ProxyOptions } from "../../src/proxy/index.js";
import { startProxy } from "../../src/proxy/index.js";
import type { VerifyReport } from "../../src/verify/index.js";
import { serving } from "./servers.js";

const json = (schema: object, example: unknown) => ({ "application/json": { schema, example } });

/** A description with a list, something that is made, a stream and an upload. */
export const API = {
  openapi: "3.2.0",
  info: { title: "small", version: "1" },
  "x-client": { name: "Small" },
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  paths: {
    "/things": {
      get: {
        operationId: "listThings",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", maximum: 10 }, example: 5 },
          { name: "tags", in: "query", schema: { type: "array", items: { enum: ["a", "b"] } }, example: ["a"] },
        ],
        responses: {
          "200": { description: "All.", content: json({ type: "array", items: { type: "string" } }, ["a"]) },
          "400": { description: "No." },
          "401": { description: "No key." },
        },
      },
      post: {
        operationId: "createThing",
        requestBody: {
          required: true,
          content: json(
            {
              type: "object",
              required: ["name"],
              properties: { name: { type: "string" }, pin: { type: "string", "x-sensitive": true } },
            },
            { name: "x" },
          ),
        },
        responses: {
          "200": {
            description: "Made.",
            content: json(
              {
                type: "object",
                required: ["id"],
                properties: { id: { type: "string" }, apiKey: { type: "string", "x-sensitive": true, readOnly: true } },
              },
              { id: "1" },
            ),
          },
          "400": { description: "No." },
          "401": { description: "No key." },
        },
      },
    },
    "/things/{id}": {
      get: {
        operationId: "getThing",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" }, example: "1" }],
        responses: {
          "200": { description: "It.", content: json({ type: "object" }, {}) },
          "401": { description: "No key." },
        },
      },
    },
    "/events": {
      get: {
        operationId: "streamEvents",
        "x-stream": { terminal: ["end"] },
        responses: {
          "200": {
            description: "Events.",
            content: {
              "text/event-stream": {
                itemSchema: {
                  type: "object",
                  properties: {
                    event: { enum: ["tick", "end"] },
                    data: {
                      type: "string",
                      contentMediaType: "application/json",
                      contentSchema: { type: "object", properties: { n: { type: "integer" } } },
                    },
                  },
                },
                example: "event: end\\ndata: {}\\n\\n",
              },
            },
          },
        },
      },
    },
  },
};

/** A proxy before a server. */
export interface Proxying {
  readonly origin: string;
  /** What it has told so far. */
  readonly told: ProxyEntry[];
  /** Waits until it has told of so many exchanges and events. */
  until(count: number): Promise<void>;
}

export const KEY = "small-secret-key-98765";
export const headers = { authorization: `Bearer ${KEY}` };

/** Puts a judging proxy before a server, has it used, and gives its report. */
export async function proxying(
  listener: RequestListener,
  use: (proxy: Proxying) => Promise<void>,
  options: Partial<ProxyOptions> = {},
): Promise<{ report: VerifyReport; told: readonly ProxyEntry[] }> {
  return serving(listener, async ({ origin: target }) => {
    const told: ProxyEntry[] = [];
    let look = () => {};
    const onExchange = (entry: ProxyEntry) => {
      told.push(entry);
      look();
    };
    const proxy = await startProxy(API, { target, onExchange, ...options });
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        look = () => told.length >= count && resolve();
        look();
      });
    await use({ origin: proxy.origin, told, until });
    return { report: await proxy.close(), told };
  });
}
