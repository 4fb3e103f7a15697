import { createReadStream } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { creator, harEntry, type Recorded } from "../verify/har.js";
import type { Redaction } from "../verify/redaction.js";

/**
 * An HTTP Archive 1.2 that grows in its file, one entry a line, so that it may get longer than the memory. When it is
 * closed, what was found out to be a secret after it was written is masked, too.
 */
export class HarFile {
  #written = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly redaction: Redaction,
  ) {}

  /**
   * Begins an archive, in place of a file of this name.
   *
   * @throws the system's error if it cannot be written.
   */
  static async create(path: string, redaction: Redaction): Promise<HarFile> {
    const har = new HarFile(path, await open(path, "w", 0o600), redaction);
    await har.file.write(`{"log":{"version":"1.2","creator":${JSON.stringify(creator())},"entries":[\n`);
    return har;
  }

  /** Adds an exchange, behind those that are still being written. */
  add(exchange: Recorded): Promise<unknown> {
    const entry = JSON.stringify(harEntry(exchange, this.redaction));
    this.#last = this.#last.then(() => this.file.write(`${this.#written++ === 0 ? "" : ","}${entry}\n`));
    return this.#last;
  }

  /** Writes the end. */
  async close(): Promise<void> {
    await this.#last;
    await this.file.write("]}}\n");
    await this.file.close();
    const draft = `${this.path}.draft`;
    const masked = await open(draft, "w", 0o600);
    for await (const line of createInterface({
      input: createReadStream(this.path),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      await masked.write(`${this.redaction.request(line)}\n`);
    }
    await masked.close();
    await rename(draft, this.path);
  }
}
