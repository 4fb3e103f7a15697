import type { Progress } from "../verify/options.js";
import { columns, cut } from "./terminal.js";

/** Lines a second: more would only flicker. */
const PAUSE_MS = 100;

/** A line that is written over while a run goes on; nothing where no terminal is. */
export class ProgressLine {
  #last = Number.NEGATIVE_INFINITY;

  /** @param stream where a person may be looking. */
  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Shows how far a run has come. */
  show({ done, total, errors, operationId }: Progress): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.#last < PAUSE_MS) return;
    this.#last = now;
    const found = errors === 0 ? "" : `, ${errors} ${errors === 1 ? "error" : "errors"}`;
    this.stream.write(
      `\r\x1b[2K${cut(`${done} of ${total}${found}  ${operationId}`, (this.stream.columns ?? columns) - 1)}`,
    );
  }

  /** Takes the line away. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write("\r\x1b[2K");
  }
}
