/** Requests for which the description has no operation. */
export interface UnmatchedRequests {
  readonly method: string;
  /** The path without its query, or the origin of another server. */
  readonly path: string;
  readonly count: number;
}

/** So many different ones are told apart. */
const MOST = 1000;

/** Counts the requests that are for no operation. */
export class Unmatched {
  readonly #counts = new Map<string, UnmatchedRequests>();
  /** How many there were in all. */
  count = 0;

  /** @param path without a query, which can hold secrets. */
  add(method: string, path: string): void {
    this.count++;
    const wanted = `${method} ${path}`;
    const [key, shown] = this.#counts.has(wanted) || this.#counts.size < MOST ? [wanted, path] : ["", "(others)"];
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { method: key === "" ? "…" : method, path: shown, count });
  }

  /**
   * The most frequent first.
   *
   * @param redact takes secrets out of a path.
   */
  list(redact: (path: string) => string): UnmatchedRequests[] {
    const all = [...this.#counts.values()].map((one) => ({ ...one, path: redact(one.path) }));
    return all.sort((a, b) => b.count - a.count || a.path.localeCompare(b.path));
  }
}
