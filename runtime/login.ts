import type { Credential } from "./credentials.js";
import { ApiStatusError } from "./status-error.js";

/**
 * Logs in when the server asks for it, once for all requests that wait for it.
 *
 * A password that the server has called wrong is not tried again: servers lock a client out after a few wrong ones, and
 * whoever shares its address too.
 *
 * @internal
 */
export class Login {
  readonly #password: Credential;
  readonly #send: (password: string) => PromiseLike<unknown>;
  #running: Promise<void> | undefined;
  #wrong: { readonly password: string; readonly error: unknown } | undefined;
  #count = 0;

  /** @param send logs in; it is rejected with a 401 if the password is wrong. */
  constructor(password: Credential, send: (password: string) => PromiseLike<unknown>) {
    this.#password = password;
    this.#send = send;
  }

  /** How often it has logged in. A request remembers this number when it is sent. */
  get count(): number {
    return this.#count;
  }

  /**
   * Makes sure that there is a newer session than the one which a request was refused with.
   *
   * @param count {@link Login.count} when the request was sent.
   * @throws what the login is rejected with.
   */
  async renew(count: number): Promise<void> {
    if (count < this.#count) return;
    this.#running ??= this.#logIn().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #logIn(): Promise<void> {
    const password = typeof this.#password === "function" ? await this.#password() : this.#password;
    if (this.#wrong?.password === password) throw this.#wrong.error;
    try {
      await this.#send(password);
    } catch (error) {
      if (error instanceof ApiStatusError && error.status === 401) this.#wrong = { password, error };
      throw error;
    }
    this.#count += 1;
  }
}
