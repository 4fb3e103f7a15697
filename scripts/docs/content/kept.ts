/** Results by the text that they were made from, so that nothing is made twice. */
export class Kept<T> {
  readonly #results = new Map<string, T>();

  /** @param most how many are kept; beyond that all are forgotten, since `npm run dev` may run for days. */
  constructor(private readonly most = 20_000) {}

  /** What was made from this text, or what `make` makes. */
  get(text: string, make: () => T): T {
    const known = this.#results.get(text);
    if (known !== undefined) return known;
    if (this.#results.size >= this.most) this.#results.clear();
    const made = make();
    this.#results.set(text, made);
    return made;
  }
}
