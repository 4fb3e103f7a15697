import { inspect } from "node:util";
import { vi } from "vitest";
import { Hermes, type HermesOptions, type Logger } from "../../src/hermes.js";
import type { HermesServer } from "./server.js";
import { goodEvents } from "./turns.js";

/** The password of the tests' servers. */
export const password = "correct-horse-battery";

/** A client of a test's server, which hardly waits before it sends something again. */
export function clientOf(server: { readonly url: string }, options: HermesOptions = {}): Hermes {
  return new Hermes({ baseUrl: server.url, password, retry: { maxDelayMs: 1 }, ...options });
}

/** A client that has a session with the server to talk in. */
export async function inSession(
  server: HermesServer,
  options: HermesOptions = {},
): Promise<{ readonly hermes: Hermes; readonly id: string }> {
  const hermes = clientOf(server, options);
  const { session } = await hermes.sessions.create({});
  return { hermes, id: session.session_id };
}

/** The names of all events of a good turn. */
export function goodNames(server: HermesServer): string[] {
  return goodEvents(server.chat.turn).map(([name]) => name);
}

/** The ids that the events of the server's last turn have, up to a number. */
export function idsOf(server: HermesServer, upTo: number = server.chat.turn.lastSeq): string[] {
  return Array.from({ length: upTo }, (_, at) => `${server.chat.turn.streamId}:${at + 1}`);
}

/** What the streams of turns were asked for with, one entry a request. */
export function cursorsOf(server: HermesServer): (string | null)[] {
  const streams = server.requests.filter(({ path }) => path === "/api/chat/stream");
  return streams.map(({ query }) => query.get("after_event_id"));
}

/** A logger that keeps what it hears. */
export function listener(): { readonly logger: Logger; readonly lines: unknown[] } {
  const lines: unknown[] = [];
  const log = (...line: unknown[]) => void lines.push(line);
  return { logger: { debug: log, info: log, warn: log, error: log }, lines };
}

/** Everything that printing a value could show. */
export function printed(value: unknown): string {
  const text = value instanceof Error ? `${value.stack} ${printed(value.cause)}` : "";
  return `${text} ${inspect(value, { depth: 9 })} ${JSON.stringify(value)} ${String(value)}`;
}

/** Waits until something is so. */
export function until(check: () => boolean): Promise<boolean> {
  return vi.waitUntil(check, { timeout: 10_000, interval: 2 });
}
