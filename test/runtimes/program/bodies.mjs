import { equal, hungUp, rejection, release, seen } from "./support.mjs";

/** @type {Readonly<Record<string, import("./support.mjs").Check>>} */
export const bodyChecks = {
  stream: async (world) => {
    const events = [];
    for await (const event of hero(world, "stream").ai.stream(question)) {
      events.push(event);
      // The second event comes only now, so that the first is known not to have waited for it.
      if (event.type === "delta") await release(world, "stream");
    }
    const expected = [
      { type: "delta", data: { content: "été" } },
      { type: "done", data: { hasUndo: true } },
    ];
    equal(events, expected, "the list of events");
  },

  "stream-break": async (world) => {
    for await (const event of hero(world, "stream-break").ai.stream(question)) {
      equal(event.type, "delta", "the event");
      break;
    }
    await hungUp(world, "stream-break");
    // Nobody asks for these two, so that nobody hears that they fail.
    hero(world, "nowhere").ai.stream(question);
    hermes(world, "nowhere").chat.send("abc", "hello");
  },

  resume: async (world) => {
    const { chat } = hermes(world, "resume");
    let text = "";
    for await (const { event, data } of chat.send("abc", "hello")) if (event === "token") text += data.text;
    equal(text, "AB", "the text");
  },

  upload: async (world) => {
    const { files } = hermes(world, "upload");
    const csv = new Blob(["name,price\n"], { type: "text/csv" });
    const stream = csv.stream();
    await files.upload({ session_id: "abc", file: { content: csv, filename: "prix d'été.csv" } });
    await files.upload({ session_id: "abc", file: { content: stream, filename: "b.csv" } });
    const [request, second] = await seen(world, "upload");
    const { body = "", headers } = request ?? {};
    const boundary = /^multipart\/form-data; ?boundary="?([^"]+)/.exec(headers?.["content-type"] ?? "")?.[1];
    if (!boundary || !body.includes(boundary)) throw new Error(`Content-Type is ${headers?.["content-type"]}`);
    for (const part of ['name="session_id"', 'name="file"; filename="prix d\'été.csv"', "text/csv", "name,price\n"]) {
      if (!body.includes(part)) throw new Error(`there is no ${part} in ${body}`);
    }
    equal(headers?.["content-length"], String(new TextEncoder().encode(body).length), "Content-Length");
    if (!second?.body.includes('filename="b.csv"')) throw new Error(`the stream is sent as ${second?.body}`);
  },

  download: async (world) => {
    const { files } = hermes(world, "download");
    const download = await files.readRaw({ session_id: "abc", path: "x.bin" });
    equal([download.filename, download.size], ["été.bin", 131_072], "name and size");
    const reader = download.body.getReader();
    let size = (await reader.read()).value?.length ?? 0;
    await release(world, "download");
    for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.length;
    equal(size, 131_072, "the number of bytes");
    await (await files.readRaw({ session_id: "abc", path: "endless" })).cancel();
    await hungUp(world, "download");
  },

  login: async (world) => {
    const { HermesError } = world.clients.hermes;
    // In a browser the page logs in, and the cookie is the browser's.
    const { sessions } = hermes(world, "login", world.isBrowser ? {} : { password: "open sesame" });
    if (world.isBrowser) {
      equal((await rejection(sessions.list(), HermesError)).status, 401, "the status before the login");
      const body = JSON.stringify({ password: "open sesame" });
      await (await fetch(`${world.origins.home}/login/api/auth/login`, { method: "POST", body })).text();
    }
    equal((await sessions.list()).sessions[0]?.session_id, "abc", "the session");
    const paths = (await seen(world, "login")).map(({ path }) => path);
    equal(paths, ["/api/sessions", "/api/auth/login", "/api/sessions"], "the list of requests");
    if (!world.isBrowser) {
      const wrong = hermes(world, "login", { password: "wrong" });
      equal((await rejection(wrong.sessions.list(), HermesError)).status, 401, "the status with a wrong password");
    }
  },
};

/** @type {import("../../../src/hero.js").StreamAgentParams} */
const question = { chatMessages: [{ type: "user", text: "hello" }] };

/**
 * @param {import("./support.mjs").World} world
 * @param {string} scenario
 */
function hero({ clients, origins }, scenario) {
  return new clients.hero.Hero({ apiKey: "hero_ak_key", baseUrl: `${origins.api}/${scenario}` });
}

/**
 * At the page's own origin, as browsers need it for the cookie.
 *
 * @param {import("./support.mjs").World} world
 * @param {string} scenario
 * @param {import("../../../src/hermes.js").HermesOptions} [options]
 */
function hermes({ clients, origins }, scenario, options = {}) {
  return new clients.hermes.Hermes({ baseUrl: `${origins.home}/${scenario}`, ...options });
}
