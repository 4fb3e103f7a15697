import type { Readable } from "node:stream";

/** The beginning of a body that passes by. */
export class KeptBody {
  readonly #chunks: Buffer[] = [];
  /** How many bytes have passed. */
  length = 0;

  /** @param limit how many bytes are kept at most. */
  constructor(private readonly limit: number) {}

  /** Watches a stream that something else reads; it flows no faster for it. */
  watch(stream: Readable, onPiece: (piece: Buffer) => void = () => {}): void {
    stream.on("data", (piece: Buffer) => {
      const room = this.limit - this.length;
      this.length += piece.length;
      // A view would keep the whole buffer of the socket alive.
      if (room > 0) this.#chunks.push(room >= piece.length ? piece : Buffer.from(piece.subarray(0, room)));
      onPiece(piece);
    });
  }

  /** Whether everything that has passed was kept. */
  get isWhole(): boolean {
    return this.length <= this.limit;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
