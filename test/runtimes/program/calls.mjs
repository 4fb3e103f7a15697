import { equal, heroBrain, hungUp, named, rejection, secret, seen, wait } from "./support.mjs";

/** @type {Readonly<Record<string, import("./support.mjs").Check>>} */
export const callChecks = {
  globals: async ({ globals }) => {
    equal(
      globals.filter((name) => !(name in globalThis)),
      [],
      "the list of missing globals",
    );
  },

  json: async (world) => {
    const hb = heroBrain(world, "json", { apiKey: async () => secret });
    const call = hb.memories.create({ content: "Zoë ☂", type: "episodic" });
    const { data, requestId } = await call.withResponse();
    equal([data.id, data.content, requestId], ["mem_1", "Zoë ☂", "req_1"], "the answer");
    const [request] = await seen(world, "json");
    equal(request?.headers.authorization, `Bearer ${secret}`, "Authorization");
    equal(request?.headers["content-type"], "application/json", "Content-Type");
  },

  // Here the credential goes into the query, and the request has to be made anew for it.
  "key-in-query": async (world) => {
    const { HeyCMO } = world.clients.heycmo;
    const cmo = new HeyCMO({ apiKey: secret, baseUrl: `${world.origins.api}/query` });
    const { response } = await cmo.mcp.send({ sessionId: "s", jsonrpc: "2.0", method: "ping", id: 1 }).withResponse();
    const [request] = await seen(world, "query");
    equal(request?.path, `/mcp/message?sessionId=s&token=${secret}`, "the path");
    equal(JSON.parse(request?.body ?? "").method, "ping", "the body");
    equal(response.url.includes(secret), false, "whether the answer's URL shows the key");
  },

  pages: async (world) => {
    const ids = [];
    for await (const { id } of heroBrain(world, "pages").memories.list()) {
      ids.push(id);
      if (id === "2b") break;
    }
    equal(ids, ["1a", "1b", "2a", "2b"], "the list");
    equal((await seen(world, "pages")).length, 2, "the number of requests");
  },

  error: async (world) => {
    const { HeroBrainError, ApiStatusError } = world.clients.herobrain;
    const { memories } = heroBrain(world, "error");
    const error = await rejection(memories.get("none"), HeroBrainError);
    equal([error.name, error.status, error.code], ["HeroBrainError", 404, "RESOURCE_NOT_FOUND"], "the error");
    const printed = `${error.stack} ${JSON.stringify(error)}`;
    equal(printed.includes(secret), false, "whether the error shows the key");
    const other = await rejection(memories.get("teapot"), ApiStatusError);
    equal([other.name, other.status], ["ApiStatusError", 418], "an error that is not documented");
  },

  // Neither of the two may have a body, and not every runtime lets one be told from an empty one.
  empty: async (world) => {
    equal(await heroBrain(world, "empty").memories.delete("1"), undefined, "the answer");
    const { Hermes } = world.clients.hermes;
    const { files } = new Hermes({ baseUrl: `${world.origins.api}/empty` });
    const download = await files.getMedia({ path: "a.png", ifNoneMatch: '"1"' });
    equal([download.status, await download.text()], [304, ""], "the file that is known already");
  },

  broken: async (world) => {
    const { ApiConnectionError, ApiStatusError } = world.clients.herobrain;
    const hb = heroBrain(world, "broken", { retry: false });
    for (const id of ["nothing", "counted", "chunked"]) {
      await named(id, rejection(hb.memories.get(id), ApiConnectionError));
      const byPath = hb.fetch.GET("/api/v1/memories/{id}", { params: { path: { id }, query: { tenantId: "t" } } });
      await named(`${id} by path`, rejection(byPath, ApiConnectionError));
    }
    // The status says more than that the rest of the answer is missing.
    await named("refused", rejection(hb.memories.get("refused"), ApiStatusError));
    const { Hermes } = world.clients.hermes;
    const { files } = new Hermes({ baseUrl: `${world.origins.api}/broken` });
    const download = await files.readRaw({ session_id: "abc", path: "counted" });
    await named("download", rejection(download.bytes(), ApiConnectionError));
  },

  "retry-get": async (world) => {
    equal((await heroBrain(world, "retry").memories.get("1")).id, "mem_1", "the id");
    equal((await seen(world, "retry")).filter(({ method }) => method === "GET").length, 2, "the number of requests");
  },

  "retry-post": async (world) => {
    const { ApiStatusError } = world.clients.herobrain;
    const call = heroBrain(world, "retry").memories.create({ content: "c", type: "task" });
    equal((await rejection(call, ApiStatusError)).status, 503, "the status");
    equal((await seen(world, "retry")).filter(({ method }) => method === "POST").length, 1, "the number of requests");
  },

  "retry-after": async (world) => {
    const { ApiStatusError } = world.clients.herobrain;
    const { memories } = heroBrain(world, "retry-after");
    await memories.create({ content: "c", type: "task" });
    const [first, second] = await seen(world, "retry-after");
    const waited = (second?.at ?? 0) - (first?.at ?? 0);
    // A timer may be a little early.
    if (waited < 900) throw new Error(`it was sent again after ${waited} ms and not after 1 s`);
    const error = await rejection(memories.get("later"), ApiStatusError);
    equal([error.retryAfterMs, error.attempts], [3_600_000, 1], "the wish and the attempts");
  },

  abort: async (world) => {
    const { ApiAbortError } = world.clients.herobrain;
    const reason = new Error("enough");
    /** @type {Record<string, () => void>} */
    const aborts = {};
    // Told just before the wait between two attempts begins.
    const logger = { debug() {}, info() {}, warn: () => aborts.wait?.(), error() {} };
    const { memories } = heroBrain(world, "abort", { logger });
    for (const id of ["wait", "headers", "body"]) {
      const controller = new AbortController();
      aborts[id] = () => void wait(100).then(() => controller.abort(reason));
      const call = memories.get(id, {}, { signal: controller.signal });
      if (id !== "wait") aborts[id]();
      const error = await named(id, rejection(call, ApiAbortError));
      equal(error.cause === reason, true, "whether the cause is the signal's reason");
      if (id !== "wait") await hungUp(world, "abort");
    }
    equal((await seen(world, "abort")).length, 3, "the number of requests");
  },

  timeout: async (world) => {
    const { ApiTimeoutError } = world.clients.herobrain;
    const { memories } = heroBrain(world, "timeout", { timeouts: { headers: 300, idle: 300 }, retry: false });
    for (const [id, budget] of Object.entries({ headers: "headers", body: "idle" })) {
      const error = await named(budget, rejection(memories.get(id), ApiTimeoutError));
      equal(error.budget, budget, "the budget");
      await hungUp(world, "timeout");
    }
  },
};
