import type { JsonObject } from "../json.js";
import { HttpProblem } from "../problems.js";
import type { CollectionDeclaration } from "./declaration.js";
import { readTime } from "./time.js";

/** A thing that is kept. Never changed; a change puts another one in its place. */
export interface Kept {
  thing: JsonObject;
  /** Whose it is; undefined where nobody's things are told apart. */
  scope: string | undefined;
  /** The secrets that were shown when it was created. */
  secrets: readonly string[];
}

/** How many things a collection holds at most. */
export const thingsLimit = 10_000;

/** How much all things of an API may take, in characters of JSON. */
export const sizeLimit = 64 * 1024 * 1024;

/** The things of one kind, in memory. */
export class Collection {
  readonly #kept = new Map<string, Kept>();
  readonly #revoked = new Set<string>();
  #size = 0;
  #newest = 0;

  constructor(
    readonly name: string,
    readonly declaration: CollectionDeclaration,
    /** How much the other collections of the API take. */
    private readonly others: () => number = () => 0,
  ) {}

  get size(): number {
    return this.#size;
  }

  /** The latest time that a thing tells of itself, in milliseconds since the Unix epoch; 0 if none tells one. */
  get newest(): number {
    return this.#newest;
  }

  /** All things, the last that was put there first. */
  all(): Kept[] {
    return [...this.#kept.values()].reverse();
  }

  get(id: unknown): Kept | undefined {
    return this.#kept.get(String(id));
  }

  idOf(thing: JsonObject): string {
    return String(thing[this.declaration.id]);
  }

  /**
   * Puts a thing there, or another in place of that with its id.
   *
   * @throws HttpProblem, a 507, if there is no room for it.
   */
  put(thing: JsonObject, scope?: string, secrets: readonly string[] = []): Kept {
    const id = this.idOf(thing);
    const before = this.#kept.get(id);
    const size = this.#size + lengthOf(thing) - (before ? lengthOf(before.thing) : 0);
    const count = this.#kept.size + (before ? 0 : 1);
    if (count > thingsLimit || size + this.others() > sizeLimit) {
      const limits = `${thingsLimit} of a kind and ${sizeLimit / 1024 / 1024} MiB in all`;
      throw new HttpProblem(507, `The mock keeps at most ${limits}. POST /_mock/reset takes it back to the beginning.`);
    }
    const kept = before ? { ...before, thing } : { thing, scope, secrets };
    this.#kept.set(id, kept);
    this.#size = size;
    const { created = [], updated = [] } = this.declaration.times ?? {};
    this.#newest = Math.max(this.#newest, ...[...created, ...updated].map((name) => readTime(thing[name]) ?? 0));
    return kept;
  }

  delete(id: unknown): void {
    const kept = this.#kept.get(String(id));
    if (!kept) return;
    this.#kept.delete(String(id));
    this.#size -= lengthOf(kept.thing);
    for (const secret of kept.secrets) this.#revoked.add(secret);
    const [oldest] = this.#revoked;
    if (oldest !== undefined && this.#revoked.size > thingsLimit) this.#revoked.delete(oldest);
  }

  /** Whether a text is the secret of a thing that was deleted. */
  hasRevoked(secret: string): boolean {
    return this.#revoked.has(secret);
  }

  clear(): void {
    this.#kept.clear();
    this.#revoked.clear();
    this.#size = this.#newest = 0;
  }
}

function lengthOf(thing: JsonObject): number {
  return JSON.stringify(thing).length;
}
