import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { SeenRequest, Turn } from "./server.js";

/** How the server answers, by the first part of the path. */
export const scenarios: Readonly<Record<string, (turn: Turn) => void | Promise<void>>> = {
  json: ({ request, response }) => sendJson(response, 200, envelope({ id: "mem_1", ...JSON.parse(request.body) })),

  pages: ({ request, response }) => {
    const page = Number(new URL(request.path, "http://host").searchParams.get("page") ?? 1);
    const memories = [{ id: `${page}a` }, { id: `${page}b` }];
    sendJson(response, 200, envelope({ memories, pagination: { page, hasNext: page < 3 } }));
  },

  error: ({ request, response }) => {
    if (request.path.includes("teapot")) return sendJson(response, 418, { errors: [{ code: "TEAPOT" }] });
    sendJson(response, 404, { success: false, errors: [{ code: "RESOURCE_NOT_FOUND", message: "No such memory" }] });
  },

  retry: ({ request, response, count }) => {
    if (request.method === "GET" && count > 1) return sendJson(response, 200, envelope({ id: "mem_1" }));
    sendJson(response, 503, {});
  },

  "retry-after": ({ request, response, count }) => {
    if (request.path.includes("later")) return sendJson(response, 429, {}, { "retry-after": "3600" });
    if (count === 1) return sendJson(response, 429, {}, { "retry-after": "1" });
    sendJson(response, 200, envelope({ id: "mem_1" }));
  },

  empty: ({ request, response }) => void response.writeHead(request.method === "DELETE" ? 204 : 304).end(),

  abort: ({ request, response }) => {
    if (request.path.includes("wait")) return sendJson(response, 503, {}, { "retry-after": "20" });
    beginAndStop(request, response);
  },

  timeout: ({ request, response }) => beginAndStop(request, response),

  broken: async ({ request, response }) => {
    if (request.path.includes("nothing")) return void response.destroy();
    const isCounted = request.path.includes("counted");
    const status = request.path.includes("refused") ? 404 : 200;
    response.writeHead(status, { ...json, ...(isCounted ? { "content-length": "1000" } : {}) }).write('{"data":{');
    await wait(50);
    response.destroy();
  },

  // A client that took each CR for a line end of its own would see empty events, or wait for the next piece.
  stream: async ({ response, released }) => {
    startEvents(response);
    const text = Buffer.from('data: {"type":"delta","data":{"content":"été"}}\r\n\r\n');
    const cuts = [3, text.indexOf("été") + 1, text.length - 3, text.length - 2, text.length - 1, text.length];
    for (const [index, cut] of cuts.entries()) {
      response.write(text.subarray(cuts[index - 1] ?? 0, cut));
      await wait(20);
    }
    await released;
    response.end(': still here\r\n\r\ndata: {"type":"done",\r\ndata: "data":{"hasUndo":true}}\r\n\r\n');
  },

  "stream-break": ({ response }) => {
    startEvents(response).write('data: {"type":"delta","data":{"content":"a"}}\n\n');
  },

  resume: async ({ request, response, count }) => {
    if (request.method === "POST") return sendJson(response, 200, { stream_id: "s1", session_id: "abc" });
    startEvents(response);
    if (request.path.includes("after_event_id=s1%3A1") && count === 1) {
      return void response.end(
        'id: s1:2\nevent: token\ndata: {"text":"B"}\n\nid: s1:3\nevent: stream_end\ndata: {}\n\n',
      );
    }
    response.write('id: s1:1\nevent: token\ndata: {"text":"A"}\n\n');
    await wait(50);
    response.destroy();
  },

  upload: ({ response }) => sendJson(response, 200, { filename: "prices.csv", path: "/w/prices.csv", size: 11 }),

  download: async ({ request, response, released }) => {
    const size = 2 * downloadPiece;
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "content-length": size,
      "content-disposition": "attachment; filename=\"x.bin\"; filename*=UTF-8''%C3%A9t%C3%A9.bin",
      "x-content-type-options": "nosniff",
    });
    response.write(Buffer.alloc(downloadPiece, 1));
    if (request.path.includes("endless")) return;
    await released;
    response.end(Buffer.alloc(downloadPiece, 2));
  },

  login: ({ request, response }) => {
    if (request.path === "/api/auth/login") {
      if (JSON.parse(request.body).password !== "open sesame") return sendJson(response, 401, { error: "No" });
      const session = "hermes_session=s3ss10n; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600";
      return void response
        .writeHead(200, { ...json, "set-cookie": ["theme=dark; Path=/", session] })
        .end('{"ok":true}');
    }
    if (!request.headers.cookie?.includes("hermes_session=s3ss10n"))
      return sendJson(response, 401, { error: "Log in" });
    sendJson(response, 200, { sessions: [{ session_id: "abc" }] });
  },

  redirect: ({ request, response, origins }) => {
    if (request.origin === "elsewhere" || request.path.startsWith("/there")) {
      return sendJson(
        response,
        200,
        envelope({ id: "there", content: request.body && JSON.parse(request.body).content }),
      );
    }
    const home = origins[request.origin];
    const status = request.method === "POST" ? 307 : 302;
    const location = request.path.startsWith("/within") ? `${home}/redirect/there` : `${origins.elsewhere}/redirect/x`;
    response.writeHead(status, { location }).end();
  },

  // The credential goes into the query here, for which the request is made anew.
  query: ({ response }) => void response.writeHead(202).end(),
};

/** How many bytes of a file come before the program has said that it got them. */
export const downloadPiece = 65_536;

const json = { "content-type": "application/json" };

function envelope(data: object): object {
  return { success: true, data, metadata: { request_id: "req_1" } };
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...json, ...headers }).end(JSON.stringify(body));
}

/** Sends no more than the headers and the beginning of a body, or nothing at all. */
function beginAndStop({ path }: SeenRequest, response: ServerResponse): void {
  if (path.includes("body")) response.writeHead(200, json).write('{"data"');
}

function startEvents(response: ServerResponse): ServerResponse {
  response.socket?.setNoDelay(true);
  return response.writeHead(200, { "content-type": "text/event-stream" });
}
