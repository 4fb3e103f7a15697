import { HermesClient } from "../generated/hermes/client.js";
import { type ClientOptions, CookieJar, type Credential, headerKey, Login } from "../runtime/index.js";
import { HermesChat } from "./hermes/chat.js";

export * from "../generated/hermes/client.js";
export type { components, operations, paths } from "../generated/hermes/types.js";
export * from "../runtime/public.js";
export { HermesChat, type SendParams } from "./hermes/chat.js";
export { type ChatEvent, ChatTurn, type TurnStart } from "./hermes/turn.js";

/**
 * How to reach a Hermes Web UI server. `timeouts.headers` is 2 minutes by default, since some operations ask a model before
 * they answer.
 */
export interface HermesOptions extends ClientOptions {
  /**
   * The server's password; leave it out for a server without one. The client logs in when the server asks for it, keeps the
   * cookie, and logs in again when the session has ended. A wrong password is sent once and not again, since the fifth
   * wrong login within a minute locks the address out; a function is asked anew for every login.
   *
   * In a browser leave it to the page that the server delivers: cookies are the browser's there, and only pages of the
   * server's own origin get them sent.
   */
  password?: Credential | undefined;
  /** Sent as `X-Hermes-CSRF-Token`. Only browsers need it; the HTML page at `/` has it. */
  csrfToken?: Credential | undefined;
}

/**
 * A client of a Hermes Web UI server: sessions, live turns, files, git and jobs of a self-hosted agent.
 *
 * Nothing but reads is sent a second time by itself, except a request that the server refused for want of a session.
 * Headers for a reverse proxy (`Authorization`, `X-Api-Key`, …) go into `headers`; they are not taken along to another
 * origin.
 *
 * @example
 * const hermes = new Hermes({ baseUrl: "http://127.0.0.1:8787", password: "your-password" });
 * const { session } = await hermes.sessions.create({});
 * for await (const { event, data } of hermes.chat.send(session.session_id, "What is in this folder?")) {
 *   if (event === "token") process.stdout.write(data.text);
 * }
 */
export class Hermes extends HermesClient {
  override readonly chat: HermesChat = new HermesChat(this);

  /** @throws {TypeError} when the token or the base URL cannot be used. */
  constructor({ password, csrfToken, timeouts, ...options }: HermesOptions = {}) {
    super({
      ...options,
      timeouts: { ...timeouts, headers: timeouts?.headers ?? 120_000 },
      cookies: new CookieJar(),
      ...(csrfToken === undefined ? {} : { authentication: headerKey("X-Hermes-CSRF-Token", csrfToken) }),
    });
    if (password !== undefined) this.logInWith(new Login(password, (given) => this.auth.login({ password: given })));
  }
}
