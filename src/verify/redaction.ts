import { Redactor } from "../../runtime/redact.js";
import type { Credentials } from "../testing/index.js";
import type { ApiFacts } from "./facts.js";

/** Shorter texts are found by chance, and masking them would spoil what is shown. */
const SHORTEST = 6;

/** Masks credentials and secrets in everything that is shown or written. */
export class Redaction {
  readonly #redactor: Redactor;
  readonly #secrets = new Set<string>();

  constructor(facts: ApiFacts, credentials: Credentials) {
    this.#redactor = new Redactor(facts.sensitiveNames);
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
  }

  /** A text from a server: without secrets, on one line, and of at most `limit` characters. */
  answer(text: string, limit: number): string {
    return this.#redactor.text(text, this.#secrets, limit);
  }

  /** A whole body from a server: JSON stays JSON, with its secrets masked. */
  body(text: string): string {
    try {
      return JSON.stringify(this.#redactor.value(JSON.parse(text), this.#secrets));
    } catch {
      return this.request(text);
    }
  }

  /** A text that was sent: made from the description, so only real secrets are masked. */
  request(text: string): string {
    let masked = text;
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length))
      masked = masked.replaceAll(secret, "***");
    return masked;
  }

  /** A URL, without the values of sensitive query parameters. */
  url(url: string): string {
    return this.request(this.#redactor.url(url));
  }

  /** A header's value. */
  header(name: string, value: string): string {
    return this.#redactor.isSensitive(name) ? "***" : this.request(value);
  }
}
