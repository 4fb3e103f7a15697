import { concatBytes } from "../../runtime/webhooks/bytes.js";
import { WebhookVerificationError } from "../../runtime/webhooks/error.js";

/** Gathers a body and keeps no more of it than it may have. */
export class LimitedBody {
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws {WebhookVerificationError} `body-too-large`, with this chunk and with every further one. */
  add(chunk: Uint8Array): void {
    this.#length += chunk.length;
    this.checkLength(this.#length);
    this.#chunks.push(chunk);
  }

  /** @throws {WebhookVerificationError} `body-too-large`, before anything is read of a body that says how long it is. */
  checkLength(length: number): void {
    if (!(length > this.#maxBytes)) return;
    this.#chunks.length = 0;
    throw new WebhookVerificationError("body-too-large", `The body has more than ${this.#maxBytes} bytes.`);
  }

  /** All of it. */
  bytes(): Uint8Array {
    return concatBytes(this.#chunks);
  }
}

/** The connection broke, so there is nothing that could be verified. */
export function endedEarly(): WebhookVerificationError {
  return new WebhookVerificationError("malformed-body", "The body ended early.");
}
