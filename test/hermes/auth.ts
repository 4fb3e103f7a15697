import { createHmac, randomBytes } from "node:crypto";
import { fieldsOf, type HermesRequest, Refusal, type Routes, sendByHand, sendJson } from "./wire.js";

const mostFailures = 5;
const windowMs = 60_000;
const publicPaths = ["/api/auth/status", "/api/auth/login", "/login", "/health"];

/** Sessions of the login, and who may do what. Section 2 of the dossier. */
export class Auth {
  readonly #password: string | undefined;
  readonly #cookieName: string;
  readonly #now: () => number;
  readonly #key = randomBytes(32);
  readonly #sessions = new Set<string>();
  readonly #failures = new Map<string, number[]>();

  /** @param now Unix time in milliseconds. */
  constructor(password: string | undefined, cookieName: string, now: () => number) {
    this.#password = password;
    this.#cookieName = cookieName;
    this.#now = now;
  }

  /** Makes all cookies worthless that were given out. */
  endSessions(): void {
    this.#sessions.clear();
  }

  /** What the page at `/` tells a browser that has logged in last. */
  get csrfToken(): string {
    return this.#sign(`csrf ${[...this.#sessions].at(-1)}`);
  }

  /** The values of all cookies that are good now. */
  get cookies(): string[] {
    return [...this.#sessions].map((id) => `${id}.${this.#sign(id)}`);
  }

  /** Refuses who has not logged in, and what comes from a foreign page. */
  check(request: HermesRequest): void {
    const session = this.#sessionOf(request);
    if (this.#password !== undefined && !publicPaths.includes(request.path) && session === undefined) {
      throw new Refusal(401, "Authentication required");
    }
    if (["GET", "HEAD", "OPTIONS"].includes(request.method) || request.path === "/api/auth/login") return;
    const { origin, referer, host } = request.headers;
    const page = origin ?? referer;
    const isForeign = page !== undefined && (!URL.canParse(page) || new URL(page).host !== host);
    if (isForeign || request.headers["sec-fetch-site"] === "cross-site") {
      throw new Refusal(403, "Cross-origin mismatch - check reverse proxy headers");
    }
    if (page === undefined || this.#password === undefined) return;
    const token = request.headers["x-hermes-csrf-token"] ?? request.headers["x-csrf-token"];
    if (token !== this.#sign(`csrf ${session}`)) throw new Refusal(403, "Session expired - reload the page");
  }

  /** The profile that a client has switched to. */
  profileOf(request: HermesRequest): string {
    const value = cookieOf(request, "hermes_profile");
    if (this.#password === undefined) return value ?? "default";
    const name = value?.split(".")[0];
    return name !== undefined && value === this.#signedProfile(request, name) ? name : "default";
  }

  readonly routes: Routes = {
    "GET /api/auth/status": (request, response) =>
      sendJson(request, response, 200, {
        auth_enabled: this.#password !== undefined,
        logged_in: this.#sessionOf(request) !== undefined,
        oidc_enabled: false,
        password_auth_enabled: this.#password !== undefined,
        passwordless_enabled: false,
        passkeys_enabled: false,
        passkeys_count: 0,
        passkey_feature_flag: false,
        auth_disabled_acknowledged: false,
      }),
    "POST /api/auth/login": (request, response) => {
      if (this.#password === undefined) return sendByHand(response, 200, { ok: true, message: "Auth not enabled" });
      const failures = this.#failuresOf(request.address);
      if (failures.length >= mostFailures) {
        return sendByHand(response, 429, { error: "Too many attempts. Try again in a minute." });
      }
      if (fieldsOf(request).password !== this.#password) {
        this.#failures.set(request.address, [...failures, this.#now()]);
        return sendByHand(response, 401, { error: "Invalid password" });
      }
      this.#failures.delete(request.address);
      const id = randomBytes(32).toString("hex");
      this.#sessions.add(id);
      const cookie = `${this.#cookieName}=${id}.${this.#sign(id)}; HttpOnly; Max-Age=2592000; Path=/; SameSite=Lax`;
      sendByHand(response, 200, { ok: true }, [cookie]);
    },
    "POST /api/auth/logout": (request, response) => {
      this.#sessions.delete(this.#sessionOf(request) ?? "");
      const cleared = [this.#cookieName, "hermes_profile"].map(
        (name) => `${name}=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax`,
      );
      sendByHand(response, 200, { ok: true }, cleared);
    },
    "GET /api/profile/active": (request, response) => {
      const name = this.profileOf(request);
      const isDefault = name === "default";
      sendJson(request, response, 200, { name, path: "/agent", is_default: isDefault, default_workspace: null });
    },
    "POST /api/profile/switch": (request, response) => {
      const { name } = fieldsOf(request);
      if (typeof name !== "string" || name === "") throw new Refusal(400, "name is required");
      if (!["default", "work"].includes(name)) throw new Refusal(404, `Profile '${name}' not found`);
      const value = this.#password === undefined ? name : this.#signedProfile(request, name);
      response.setHeader("Set-Cookie", `hermes_profile=${value}; HttpOnly; Path=/; SameSite=Lax`);
      sendJson(request, response, 200, {
        profiles: [],
        active: name,
        is_default: name === "default",
        default_model: null,
        default_model_provider: null,
        default_workspace: null,
      });
    },
  };

  #failuresOf(address: string): number[] {
    return (this.#failures.get(address) ?? []).filter((at) => at > this.#now() - windowMs);
  }

  #sessionOf(request: HermesRequest): string | undefined {
    const [id = "", signature] = cookieOf(request, this.#cookieName)?.split(".") ?? [];
    return this.#sessions.has(id) && signature === this.#sign(id) ? id : undefined;
  }

  #signedProfile(request: HermesRequest, name: string): string {
    return `${name}.${this.#sign(`${name} ${this.#sessionOf(request)}`)}`;
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("hex");
  }
}

function cookieOf({ headers }: HermesRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
