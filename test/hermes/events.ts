import type { ServerResponse } from "node:http";
import { sendUntilClosed } from "./wire.js";

/**
 * How a connection breaks. `reset`: the socket is torn down. `end`: it ends as if all had been said. `half`: the same, in the
 * middle of an event. `silence`: nothing comes any more, not even heartbeats.
 */
export type Break = "reset" | "end" | "half" | "silence";

/** A stream of events to one client. Section 7.1 of the dossier. */
export class EventConnection {
  readonly #response: ServerResponse;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #isOpen = true;

  /** @param comment what is said while nothing happens. */
  constructor(response: ServerResponse, comment: "heartbeat" | "keepalive", heartbeatMs: number) {
    this.#response = response;
    sendUntilClosed(response, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache",
      "X-Accel-Buffering": "no",
    });
    this.#heartbeat = setInterval(() => response.write(`: ${comment}\n\n`), heartbeatMs);
    response.on("close", () => this.#stop());
  }

  /** Whether events still get out. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(frame: string): void {
    if (this.#isOpen) this.#response.write(frame);
  }

  close(): void {
    this.#stop();
    this.#response.end();
  }

  /** @param next the event that will not get through. */
  break(how: Break, next = ""): void {
    if (!this.#isOpen) return;
    this.#stop();
    if (how === "reset") this.#response.socket?.resetAndDestroy();
    if (how === "half") this.#response.write(next.slice(0, next.length / 2));
    if (how === "end" || how === "half") this.#response.end();
  }

  #stop(): void {
    this.#isOpen = false;
    clearInterval(this.#heartbeat);
  }
}

/** An event as it is written. */
export function frameOf(event: string, data: unknown, id?: string): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
