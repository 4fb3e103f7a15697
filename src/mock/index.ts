import { createServer } from "node:http";
import { listApis, readBundle, UnknownApiError } from "../bundles.js";
import { type Listening, listen } from "../server/listen.js";
import type { AccessEntry } from "./access-log.js";
import { createFaults } from "./faults/faults.js";
import { createGateway } from "./gateway.js";
import { type MockedApi, mockApi } from "./mocked-api.js";
import { loadPrism } from "./prism-modules.js";
import { prefixOf } from "./sites.js";
import { createSender, type Delivery, type WebhookOptions, type WebhookSender } from "./webhooks/sender.js";

export { listApis, readBundle, UnknownApiError } from "../bundles.js";
export type { AccessEntry } from "./access-log.js";
export { FaultError } from "./faults/fault.js";
export { PrismMissingError } from "./prism-modules.js";
export type { Delivery, WebhookOptions } from "./webhooks/sender.js";
export type { SignatureOptions } from "./webhooks/signer.js";
export { WebhookTargetError } from "./webhooks/target.js";

/** The port a mock takes unless it is told another. */
export const defaultPort = 4010;

/** How long a mock waits between two events of a stream unless it is told otherwise, in milliseconds. */
export const defaultPaceMs = 5;

/** What to mock, and where. */
export interface MockOptions {
  /** The APIs to serve, each under its name as a prefix; all of them by default. */
  apis?: readonly string[];
  /**
   * The one API to serve at the root, in place of `apis`, so that an application that cannot be told a path finds it.
   * The mock has no index page then.
   */
  root?: string;
  /** The port to take, 4010 by default. If it is busy the next free one is taken; 0 lets the system choose. */
  port?: number;
  /** How long to wait between two events of a stream, in milliseconds; 5 by default, 0 sends them at once. */
  paceMs?: number;
  /**
   * What goes wrong, and where: `listMemories:429; retry-after=2; times=1`, `streamChat:cut`, `hermes/*:delay=500`,
   * `*:reset; probability=0.1`. A request asks for a fault by itself with the header `Mock-Fault: 429; retry-after=2`.
   */
  faults?: readonly string[];
  /** Where and when to send the APIs' webhooks; nowhere by default. */
  webhooks?: WebhookOptions;
  /**
   * Whether what is created is kept: it can be read, listed, found, changed and deleted, as far as the descriptions declare
   * that with `x-state`. False by default: every answer is an example then.
   */
  stateful?: boolean;
  /** Descriptions by the name of their API, to use instead of those in this package or beside them. */
  description?: Record<string, object>;
  /** Called after every request. By default only failures of the mock itself are printed, on stderr. */
  onAccess?: (entry: AccessEntry) => void;
  /** Called after every webhook that was sent, or could not be. */
  onDelivery?: (delivery: Delivery) => void;
}

/** A mock that listens. */
export interface Mock extends Listening {
  /** By API, what a client takes as its base URL: `http://127.0.0.1:4010/herobrain`. */
  baseUrls: Record<string, string>;
  /**
   * Makes something go wrong from now on, behind the faults that are there; written as in {@link MockOptions.faults}.
   *
   * @returns mends it.
   * @throws FaultError if it cannot be understood.
   */
  addFault(rule: string): () => void;
  /**
   * Puts what a stateful mock keeps back as it was at the start; otherwise there is nothing to do.
   *
   * @param api only this one; all by default.
   * @throws UnknownApiError if that is not served.
   */
  reset(api?: string): void;
  /** Sends webhooks at once; missing if the mock was not told where to. */
  webhooks?: Pick<WebhookSender, "to" | "unsigned" | "send">;
}

/**
 * Starts a server on 127.0.0.1 that answers as the described APIs do, with the examples of their descriptions.
 *
 * Requests are held against the description: those that lack a credential or break a schema get the documented 401 or
 * 400. `Prefer: code=429` and `Prefer: example=name` ask for another documented answer, `Mock-Fault: cut` for one that
 * goes wrong. With `stateful` the mock keeps what is created, and answers with it in place of the examples.
 *
 * @throws UnknownApiError if there is no description of an API in `options.apis` or `options.root`.
 * @throws FaultError, WebhookTargetError or TypeError if an option cannot be understood.
 * @throws PrismMissingError if the optional peer dependency `@stoplight/prism-cli` is not installed.
 * @throws the system's error when no port could be taken.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = defaultPort, paceMs = defaultPaceMs, root, onAccess = printFailure, onDelivery = () => {} } = options;
  const apis = await loadApis(options);
  const faults = createFaults(apis, options.faults);
  const sender = options.webhooks && (await createSender(apis, options.webhooks, onDelivery));
  const server = createServer(createGateway({ apis, root, paceMs, faults, sender, onAccess }));
  const listening = await listen(server, port).catch((error) => {
    sender?.close();
    throw error;
  });
  return {
    ...listening,
    baseUrls: Object.fromEntries([...apis.keys()].map((name) => [name, listening.origin + prefixOf(root, name)])),
    addFault: faults.add,
    reset(api) {
      if (api !== undefined && !apis.has(api)) throw new UnknownApiError(api, [...apis.keys()]);
      for (const { name, state } of apis.values()) if (api === undefined || api === name) state?.reset();
    },
    ...(sender ? { webhooks: sender } : {}),
    close() {
      sender?.close();
      return listening.close();
    },
  };
}

async function loadApis(options: MockOptions): Promise<Map<string, MockedApi>> {
  const { root, apis: wanted, description: given = {}, stateful = false } = options;
  if (root !== undefined && wanted !== undefined) {
    throw new TypeError("Either one API is served at the root, or several under their prefixes: not root and apis.");
  }
  const known = [...new Set([...listApis(), ...Object.keys(given)])].sort();
  const names = root === undefined ? (wanted ?? known) : [root];
  for (const name of names) if (!known.includes(name)) throw new UnknownApiError(name, known);
  const prism = loadPrism();
  const apis = new Map<string, MockedApi>();
  for (const name of names) apis.set(name, await mockApi(prism, name, given[name] ?? readBundle(name), stateful));
  return apis;
}

function printFailure({ method, path, error }: AccessEntry): void {
  if (error !== undefined) console.error(`The mock failed at ${method} ${path}:`, error);
}
