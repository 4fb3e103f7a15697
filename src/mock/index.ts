import { createServer } from "node:http";
import { listApis, readBundle, UnknownApiError } from "../bundles.js";
import { type Listening, listen } from "../server/listen.js";
import type { AccessEntry } from "./access-log.js";
import { createGateway, type MockedApi } from "./gateway.js";
import { objectOf } from "./json.js";
import { createEngine } from "./prism.js";
import { loadPrism, type PrismHttp } from "./prism-modules.js";
import { createRoutes } from "./routes.js";

export { listApis, readBundle, UnknownApiError } from "../bundles.js";
export type { AccessEntry } from "./access-log.js";
export { PrismMissingError } from "./prism-modules.js";

/** The port a mock takes unless it is told another. */
export const defaultPort = 4010;

/** What to mock, and where. */
export interface MockOptions {
  /** The APIs to serve; all of them by default. */
  apis?: readonly string[];
  /** The port to take, 4010 by default. If it is busy the next free one is taken; 0 lets the system choose. */
  port?: number;
  /** Descriptions by the name of their API, to use instead of those in this package or beside them. */
  description?: Record<string, object>;
  /** Called after every request. By default only failures of the mock itself are printed, on stderr. */
  onAccess?: (entry: AccessEntry) => void;
}

/** A mock that listens. */
export interface Mock extends Listening {
  /** By API, what a client takes as its base URL: `http://127.0.0.1:4010/herobrain`. */
  baseUrls: Record<string, string>;
}

/**
 * Starts a server on 127.0.0.1 that answers as the described APIs do, with the examples of their descriptions.
 *
 * Requests are held against the description: those that lack a credential or break a schema get the documented 401 or
 * 400. `Prefer: code=429` and `Prefer: example=name` ask for another documented answer.
 *
 * @throws UnknownApiError if there is no description of an API in `options.apis`.
 * @throws PrismMissingError if the optional peer dependency `@stoplight/prism-cli` is not installed.
 * @throws the system's error when no port could be taken.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = defaultPort, description: given = {}, onAccess = printFailure } = options;
  const known = [...new Set([...listApis(), ...Object.keys(given)])].sort();
  const names = options.apis ?? known;
  for (const name of names) if (!known.includes(name)) throw new UnknownApiError(name, known);

  const prism = loadPrism();
  const apis = new Map<string, MockedApi>();
  for (const name of names) apis.set(name, await mockApi(prism, name, given[name] ?? readBundle(name)));

  const listening = await listen(createServer(createGateway(apis, onAccess)), port);
  const baseUrls = Object.fromEntries([...apis.keys()].map((name) => [name, `${listening.origin}/${name}`]));
  return { ...listening, baseUrls };
}

async function mockApi(prism: PrismHttp, name: string, description: object): Promise<MockedApi> {
  const engine = await createEngine(prism, description);
  const { title = name, version = "" } = objectOf(objectOf(description).info);
  return { title: String(title), version: String(version), engine, match: createRoutes(engine.operations) };
}

function printFailure({ method, path, error }: AccessEntry): void {
  if (error !== undefined) console.error(`The mock failed at ${method} ${path}:`, error);
}
