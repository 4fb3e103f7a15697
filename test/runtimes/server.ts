import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listening, listen } from "../../src/server/listen.js";
import { scenarios } from "./scenarios.js";

/** A request as it came in. The program asks for these to see what its calls have sent. */
export interface SeenRequest {
  readonly origin: keyof Origins;
  readonly method: string;
  /** With the query, below the scenario's name. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Unix time in milliseconds. */
  readonly at: number;
  /** Whether the client hung up before the answer was done. */
  closed: boolean;
}

/** Three origins with the same answers. */
export interface Origins {
  /** Where the APIs are; open to pages of other origins. */
  readonly api: string;
  /** Where the page is, and a Hermes server. */
  readonly home: string;
  /** Where nobody has to send a credential. */
  readonly elsewhere: string;
}

/** One request to a scenario. */
export interface Turn {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  /** How many requests the scenario has seen on this method and path, from 1. */
  readonly count: number;
  readonly origins: Origins;
  /** Until the program says that it has seen what was sent so far. */
  readonly released: Promise<void>;
}

export interface Servers {
  readonly origins: Origins;
  close(): Promise<void>;
}

/**
 * Starts the servers that the program talks to. Below `/<name>` is a scenario; `/seen/<name>` tells what it was sent,
 * and `/release/<name>` lets it go on.
 *
 * @param files further answers by path, such as the page that a browser runs the program in.
 */
export async function startServers(files: Readonly<Record<string, string>>): Promise<Servers> {
  const seen = new Map<string, SeenRequest[]>();
  const gates = new Map<string, PromiseWithResolvers>();
  const gate = (name: string) => {
    const known = gates.get(name) ?? withResolvers();
    gates.set(name, known);
    return known;
  };
  const listening = {} as Record<keyof Origins, Listening>;
  const origins = {} as Record<keyof Origins, string>;

  async function answer(origin: keyof Origins, message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (origin !== "home") allowPages(message, response);
    if (message.method === "OPTIONS") return void response.writeHead(204).end();
    const { pathname, search } = new URL(message.url ?? "", origins[origin]);
    const file = files[pathname];
    if (file !== undefined) {
      const type = pathname.endsWith(".js") ? "text/javascript" : "text/html";
      return void response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(file);
    }
    const [, name = "", ...rest] = pathname.split("/");
    const [scenarioName = ""] = rest;
    if (name === "seen") return void response.end(JSON.stringify(seen.get(scenarioName) ?? []));
    if (name === "release") {
      gate(scenarioName).resolve();
      return void response.end();
    }
    const scenario = scenarios[name];
    if (!scenario) return void response.writeHead(404).end();
    const request = await read(message, origin, `/${rest.join("/")}${search}`);
    const earlier = seen.get(name) ?? [];
    seen.set(name, [...earlier, request]);
    response.on("close", () => {
      request.closed = !response.writableFinished;
    });
    const count = earlier.filter((one) => one.method === request.method && one.path === request.path).length + 1;
    await scenario({ request, response, count, origins, released: gate(name).promise });
  }

  for (const origin of ["api", "home", "elsewhere"] as const) {
    const server = createServer((message, response) => {
      answer(origin, message, response).catch(() => response.destroy());
    });
    listening[origin] = await listen(server);
    origins[origin] = listening[origin].origin;
  }
  return {
    origins,
    close: async () => {
      await Promise.all(Object.values(listening).map((one) => one.close()));
    },
  };
}

async function read(message: IncomingMessage, origin: keyof Origins, path: string): Promise<SeenRequest> {
  const at = Date.now();
  message.setEncoding("utf8");
  let body = "";
  for await (const piece of message) body += piece;
  return { origin, method: message.method ?? "", path, headers: message.headers, body, at, closed: false };
}

/** Everything that CORS can allow without cookies: a failure is then the client's own. */
function allowPages(message: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-expose-headers", "*");
  response.setHeader("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
  // `*` would leave out `Authorization`.
  response.setHeader("access-control-allow-headers", message.headers["access-control-request-headers"] ?? "*");
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  resolve(): void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}
