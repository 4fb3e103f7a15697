import { Redactor } from "../../runtime/redact.js";
import type { Credentials } from "../testing/index.js";
import type { ApiFacts } from "./facts.js";
import { headersOf } from "./headers.js";

/** What stands in place of a secret. */
export const MASK = "***";

/** Shorter texts are found by chance, and masking them would spoil what is shown. */
const SHORTEST = 6;

/** So many secrets are looked for at once; those that were learnt first are in nothing that comes so much later. */
const MOST = 2000;

/** Masks credentials and secrets in everything that is shown or written. */
export class Redaction {
  readonly #redactor: Redactor;
  readonly #marked: ReadonlySet<string>;
  readonly #secrets = new Set<string>();

  constructor(facts: ApiFacts, credentials: Credentials) {
    this.#redactor = new Redactor(facts.sensitiveNames);
    this.#marked = new Set(facts.sensitiveNames.map((name) => name.toLowerCase()));
    for (const credential of Object.values(credentials)) {
      const { username, password } =
        typeof credential === "string" ? { username: "", password: credential } : credential;
      this.add(password);
      if (username !== "") this.add(Buffer.from(`${username}:${password}`).toString("base64"));
    }
  }

  /** Masks a value from now on, wherever it stands. */
  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      this.#secrets.add(form);
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= MOST) break;
      this.#secrets.delete(oldest);
    }
  }

  /**
   * Learns the secrets of a request that somebody else has sent: its credentials, its cookies, and what stands under a name
   * that is marked, or that usually holds a secret.
   *
   * @param fields the body as JSON, or the fields of a form.
   */
  learn(headers: Iterable<readonly [string, string]>, url: string, fields: unknown): void {
    const redactor = this.#redactor;
    for (const secret of redactor.secretsInHeaders(headersOf(headers))) this.add(secret);
    for (const secret of redactor.secretsInQuery(url)) this.add(secret);
    for (const secret of redactor.secretsIn(fields)) this.add(secret);
    this.#learnNamed(fields);
  }

  /** Learns the cookies that an answer sets. */
  learnCookies(headers: Headers | undefined): void {
    for (const cookie of headers?.getSetCookie() ?? []) this.add(/^[^=]*=([^;]*)/.exec(cookie)?.[1] ?? "");
  }

  #learnNamed(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === "string" && this.#redactor.isSensitive(name)) this.add(member);
      else this.#learnNamed(member);
    }
  }

  /** A text from a server: without secrets, on one line, and of at most `limit` characters. */
  answer(text: string, limit: number): string {
    return this.#redactor.text(text, this.#secrets, limit);
  }

  /** A whole body: JSON stays JSON of the same shape, with its secrets masked. */
  body(text: string): string {
    try {
      return JSON.stringify(this.#masked(JSON.parse(text)));
    } catch {
      return this.request(
        text
          .split("\n")
          .map((line) => this.#line(line))
          .join("\n"),
      );
    }
  }

  /** The events of a stream and the items of a sequence have their JSON in lines. */
  #line(line: string): string {
    const [, before = "", json] = /^(data: ?)?([{[].*[\]}])\r?$/.exec(line) ?? [];
    if (json === undefined) return line;
    try {
      return before + JSON.stringify(this.#masked(JSON.parse(json)));
    } catch {
      return line;
    }
  }

  /** A body that somebody else has sent, as JSON or text. */
  fields(fields: unknown): string {
    return typeof fields === "string" ? this.request(fields) : JSON.stringify(this.#masked(fields));
  }

  /** Only texts are secrets, or what is marked: a count of tokens and a list of keys keep their shape. */
  #masked(value: unknown, name = "", isMarked = false): unknown {
    const marked = isMarked || this.#marked.has(name.toLowerCase());
    if (Array.isArray(value)) return value.map((item) => this.#masked(item, name, marked));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#masked(item, key, marked)]));
    }
    if (value === null || (typeof value !== "string" && !marked)) return value;
    if (marked || this.#redactor.isSensitive(name)) return MASK;
    return this.request(String(value));
  }

  /** A text that was sent: made from the description, so only real secrets are masked. */
  request(text: string): string {
    let masked = text;
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length))
      masked = masked.replaceAll(secret, MASK);
    return masked;
  }

  /** Whether a name usually stands for a secret, or is marked as one. */
  isSensitive(name: string): boolean {
    return this.#redactor.isSensitive(name);
  }

  /** A URL, without the values of sensitive query parameters. */
  url(url: string): string {
    return this.request(this.#redactor.url(url));
  }

  /** A header's value; of a credential its scheme is left, of cookies their names and attributes. */
  header(name: string, value: string): string {
    if (!this.#redactor.isSensitive(name)) return this.request(value);
    if (/^cookie$/i.test(name)) return value.replace(/=[^;]*/g, `=${MASK}`);
    if (/^set-cookie$/i.test(name)) return value.replace(/=[^;]*/, `=${MASK}`);
    const [, scheme = ""] = /authorization$/i.test(name) ? (/^([A-Za-z]+ )\S/.exec(value) ?? []) : [];
    return scheme + MASK;
  }
}
