import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type AccessEntry, type AccessNotes, logAccess } from "./access-log.js";
import { answerControl } from "./control.js";
import { isPreflight, preflightHeaders } from "./cors.js";
import { answerOperation, type Exchange } from "./exchange.js";
import { type Fault, FaultError } from "./faults/fault.js";
import type { Faults } from "./faults/faults.js";
import { indexPage } from "./index-page.js";
import { toMessage } from "./message.js";
import type { PrismOperation } from "./prism-modules.js";
import { type Answer, HttpProblem, problem } from "./problems.js";
import { readTarget } from "./requests.js";
import { send } from "./send.js";
import { findSite, originOf, type Site, type Sites } from "./sites.js";
import type { WebhookSender } from "./webhooks/sender.js";

/** What the gateway needs besides the APIs. */
export interface GatewayOptions extends Sites {
  /** How long to wait between two events of a stream, in milliseconds. */
  paceMs: number;
  faults: Faults;
  /** What sends webhooks, if they are sent. */
  sender?: WebhookSender | undefined;
  /** Called once for every request. */
  onAccess(entry: AccessEntry): void;
}

/** How a request is answered. */
interface Reply extends Exchange {
  fault?: Fault | undefined;
  /** Called when the answer has been sent whole. */
  sent?(): void;
}

/**
 * Leads every request to its API, and does around Prism what Prism does not. Whatever a client sends, it gets an answer,
 * unless a fault keeps it from that, and the process goes on.
 */
export function createGateway(options: GatewayOptions): RequestListener {
  return async (request, response) => {
    const notes: AccessNotes = { reasons: [] };
    logAccess(request, response, notes, options.onAccess);
    const reply = await replyTo(request, options, notes).catch((error) => failure(error, notes));
    try {
      await transmit(request, response, reply, options, notes);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else await transmit(request, response, failure(error, notes), options, notes);
    }
  };
}

async function transmit(
  request: IncomingMessage,
  response: ServerResponse,
  { message, reasons, fault, sent }: Reply,
  { paceMs }: GatewayOptions,
  notes: AccessNotes,
): Promise<void> {
  notes.reasons = reasons;
  if (fault) notes.fault = fault.text;
  await send(request, response, message, { paceMs, fault });
  if (sent && response.writableFinished) sent();
  else if (sent) response.once("finish", sent);
}

function failure(error: unknown, notes: AccessNotes): Reply {
  if (error instanceof HttpProblem) return plain(error.answer);
  if (error instanceof FaultError) return plain(problem(400, `${faultHeader}: ${error.message}`));
  notes.error = error;
  return plain(problem(500, `The mock failed: ${error instanceof Error ? error.message : String(error)}`));
}

function plain(answer: Answer): Reply {
  return { message: toMessage(answer), reasons: answer.reasons ?? [] };
}

/** The request header that asks for a fault. `Prefer` would not do: what it asks for, a server may ignore. */
const faultHeader = "Mock-Fault";

async function replyTo(request: IncomingMessage, options: GatewayOptions, notes: AccessNotes): Promise<Reply> {
  if (isPreflight(request)) return plain({ status: 204, headers: preflightHeaders(request) });
  const { pathname, search, searchParams } = readTarget(request);
  const { apis, root, faults, sender } = options;
  if (pathname === "/" && root === undefined) return plain(indexPage(request, apis, originOf(request)));
  const site = findSite(request, options, pathname);
  if (!site) {
    const prefixes = [...apis.keys()].map((known) => `/${known}`);
    throw new HttpProblem(404, `A path begins with the name of an API: ${prefixes.join(", ")}.`, { prefixes });
  }
  const { api, path } = site;
  notes.api = api.name;
  const control = await answerControl(request, site, sender);
  if (control) return plain(control);
  const operation = findOperation(request.method ?? "GET", site);
  if ("status" in operation) return plain(operation);
  notes.operation = operation;
  const { [faultHeader.toLowerCase()]: header } = request.headers;
  const fault = faults.of({
    api: api.name,
    operationId: operation.iid,
    target: `${request.method} ${path}${search}`,
    header: header === undefined ? undefined : String(header),
  });
  const exchange = await answerOperation(request, site, operation, searchParams, fault);
  const succeeds = exchange.message.status < 300 && (!fault || fault.kind === "delay");
  return { ...exchange, fault, ...(succeeds && sender ? { sent: () => sender.after(api.name, operation.iid) } : {}) };
}

/** The operation of a method and a path, or the answer to an `OPTIONS` that asks which methods there are. */
function findOperation(method: string, { api, path }: Site): PrismOperation | Answer {
  const found = api.match(method, path);
  if (found.kind === "operation") return found.operation;
  if (found.kind === "none") throw new HttpProblem(404, `${api.title} has no path ${path}.`);
  const allow = found.allow.join(", ");
  if (method === "OPTIONS") return { status: 204, headers: { allow } };
  throw new HttpProblem(405, `${method} is not described for ${path}; ${allow} are.`, {}, { allow });
}
