import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { Auth } from "./auth.js";
import { Chat } from "./chat.js";
import { Files } from "./files.js";
import { Prompts } from "./prompts.js";
import { Sessions } from "./sessions.js";
import { type HermesRequest, Refusal, type Routes, readRequest, sendByHand, sendJson } from "./wire.js";

/** How a server is set up. */
export interface HermesSetup {
  /** Absent: everybody may do everything. */
  readonly password?: string;
  /** Default: `hermes_session`. */
  readonly cookieName?: string;
  /** How often something is said on a stream on which nothing happens, in milliseconds; default 5000. */
  readonly heartbeatMs?: number;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

/** A server, and what a test can do with it. */
export interface HermesServer {
  readonly url: string;
  /** All requests, in the order in which they came. */
  readonly requests: readonly HermesRequest[];
  readonly auth: Auth;
  readonly sessions: Sessions;
  readonly chat: Chat;
  readonly approvals: Prompts;
  readonly clarify: Prompts;
  readonly files: Files;
  /** Sees a request before all else, as a proxy in front does. @returns whether it has dealt with it. */
  intercept: ((request: HermesRequest, response: ServerResponse) => boolean) | undefined;
  /** How often something was asked for, such as `POST /api/auth/login`. */
  count(route: string): number;
}

/**
 * Starts a server that behaves on the wire as a Hermes Web UI server does, as far as the clients' tests need it. It is
 * made from the dossier and not from this project's description. It ends with the test.
 */
export async function startHermes(setup: HermesSetup = {}): Promise<HermesServer> {
  const { password, cookieName = "hermes_session", heartbeatMs = 5000, now = Date.now } = setup;
  const auth = new Auth(password, cookieName, now);
  const sessions = new Sessions((request) => auth.profileOf(request));
  const chat = new Chat(sessions, heartbeatMs);
  const approvals = new Prompts("approval", sessions, heartbeatMs);
  const clarify = new Prompts("clarify", sessions, heartbeatMs);
  const files = new Files(sessions, now);
  const routes: Routes = {
    ...auth.routes,
    ...sessions.routes,
    ...chat.routes,
    ...approvals.routes,
    ...clarify.routes,
    ...files.routes,
  };
  const requests: HermesRequest[] = [];
  const http = createServer((message, response) => void answer(message, response));

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    let request: HermesRequest;
    try {
      request = await readRequest(message);
    } catch {
      return; // The client has hung up.
    }
    requests.push(request);
    // What was not read of a chunked body would be taken for the next request.
    if (message.headers["transfer-encoding"] !== undefined) response.setHeader("Connection", "close");
    if (hermes.intercept?.(request, response)) return;
    try {
      auth.check(request);
      const route = routes[`${request.method} ${request.path}`];
      if (!route) throw new Refusal(404, "not found");
      route(request, response);
    } catch (error) {
      const { status, body } = error instanceof Refusal ? error : new Refusal(500, "Internal server error");
      if (status === 401) sendByHand(response, status, body);
      else sendJson(request, response, status, body);
    }
  }

  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const hermes: HermesServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    ...{ requests, auth, sessions, chat, approvals, clarify, files },
    intercept: undefined,
    count: (route) => requests.filter(({ method, path }) => `${method} ${path}` === route).length,
  };
  return hermes;
}
