import type { IncomingMessage } from "node:http";
import type { MockedApi } from "./mocked-api.js";

/** The APIs that a mock serves: one at the root, or all under their prefixes. */
export interface Sites {
  apis: ReadonlyMap<string, MockedApi>;
  /** The name of the API that is served at the root, if one is; it is the only one then. */
  root?: string | undefined;
}

/** Where an API is, as a client sees it. */
export interface Base {
  /** Scheme, host and port, as the client has called them. */
  origin: string;
  /** What stands before the API's own paths: `/herobrain`, or nothing at the root. */
  prefix: string;
}

/** An API that a request leads to. */
export interface Site extends Base {
  api: MockedApi;
  /** The request's path without the prefix. */
  path: string;
}

/** The API that a path leads to, or undefined if it begins with no API's name. */
export function findSite(request: IncomingMessage, { apis, root }: Sites, pathname: string): Site | undefined {
  const [, first = "", ...rest] = pathname.split("/");
  const api = apis.get(root ?? first);
  if (!api) return undefined;
  const path = root === undefined ? `/${rest.join("/")}` : pathname;
  return { api, path, origin: originOf(request), prefix: prefixOf(root, api.name) };
}

/** What stands before the paths of an API: nothing if one is at the root. */
export function prefixOf(root: string | undefined, name: string): string {
  return root === undefined ? `/${name}` : "";
}

/** The mock's own origin as this client knows it, be it `127.0.0.1`, `localhost` or a container's name. */
export function originOf({ headers, socket }: IncomingMessage): string {
  const { host = "" } = headers;
  const isHost = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(host);
  return `http://${isHost ? host : `127.0.0.1:${socket.localPort}`}`;
}
