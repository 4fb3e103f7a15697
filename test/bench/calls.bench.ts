import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../../generated/herobrain/types.js";
import { table } from "../../scripts/terminal.js";
import type { HeroBrain, HeroBrainOptions, Logger } from "../../src/herobrain.js";
import { generateWithRedocly, openWorkshop } from "./compile.js";
import { inTurns, middle, ratioOf, verdict } from "./measure.js";
import { loadVendorSdk, vendorSdk } from "./vendor-sdk.js";

// What a call costs beside the network: over a fetch that answers at once, with this project's client, with what stands
// below it, and with others. In one process, in turns, as JavaScript.

const rounds = Number(process.env.BENCH_ROUNDS ?? 31);
const calls = Number(process.env.BENCH_CALLS ?? 200);

const baseUrl = "https://api.herobrain.ai";
const tenantId = "user_12345";
const apiKey = "hb_your_api_key_here";
const id = "mem_abc123def456";
const written = {
  content: "Met with Sarah Chen about Q4 goals. Focus on revenue growth.",
  type: "episodic" as const,
  importance: 0.8,
  tags: ["meeting", "q4"],
};

/** An answer of about a kilobyte, the same for reading a memory and for writing one. */
const answer = JSON.stringify({
  success: true,
  data: {
    id,
    ...written,
    content: `${written.content} `.repeat(10),
    metadata: { source: "meeting", contact_name: "Sarah Chen", sentiment: "positive" },
    createdAt: "2025-11-19T10:00:00Z",
    updatedAt: "2025-11-19T10:00:00Z",
  },
  metadata: { request_id: "req_1234567890", timestamp: "2025-11-19T10:00:00Z", version: "v1" },
});
const answerHeaders = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000",
  "x-ratelimit-remaining": "999",
  "x-ratelimit-reset": "1763550000",
};
const fetch = async () => new Response(answer, { headers: answerHeaders });

/** Somebody who can read and write a memory. */
interface Contestant {
  read(): PromiseLike<unknown>;
  write(): PromiseLike<unknown>;
}

const middleware: Middleware = {
  onRequest({ request }) {
    request.headers.set("x-trace", "1");
  },
};

function bare(): Contestant {
  const send: typeof globalThis.fetch = fetch;
  const headers = { accept: "application/json", authorization: `Bearer ${apiKey}` };
  return {
    async read() {
      const request = new Request(`${baseUrl}/api/v1/memories/${id}?tenantId=${tenantId}`, { headers });
      return (await send(request)).json();
    },
    async write() {
      const body = JSON.stringify({ ...written, tenantId });
      const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
      return (await send(new Request(`${baseUrl}/api/v1/memories`, init))).json();
    },
  };
}

function openapiFetch(...used: Middleware[]): Contestant {
  const headers = { accept: "application/json", authorization: `Bearer ${apiKey}` };
  const client = createClient<paths>({ baseUrl, fetch, headers });
  client.use(...used);
  return {
    read: () => client.GET("/api/v1/memories/{id}", { params: { path: { id }, query: { tenantId } } }),
    write: () => client.POST("/api/v1/memories", { body: { ...written, tenantId } }),
  };
}

function ours(Client: typeof HeroBrain, options: Partial<HeroBrainOptions>, signal?: AbortSignal): Contestant {
  const client = new Client({ apiKey, tenantId, fetch, ...options });
  const init = signal && { signal };
  return {
    read: () => client.memories.get(id, {}, init),
    write: () => client.memories.create(written, init),
  };
}

/** Everything that can be switched on. */
function everything(): Partial<HeroBrainOptions> {
  const nothing = () => {};
  const logger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  return {
    retry: { attempts: 3 },
    timeouts: { headers: 30_000, idle: 30_000, total: 120_000 },
    logger,
    logLevel: "debug",
    middleware: [middleware],
    onRateLimit: nothing,
    onDeprecation: nothing,
  };
}

async function redocly(module: string): Promise<Contestant> {
  const { createClient, OPERATIONS } = await import(module);
  const client = createClient(OPERATIONS, { serverUrl: baseUrl, fetch, auth: { bearer: apiKey } });
  return {
    read: () => client.getMemory({ path: { id }, query: { tenantId } }),
    write: () => client.createMemory({ body: { ...written, tenantId } }),
  };
}

async function vendor(): Promise<Contestant | string> {
  const Sdk = await loadVendorSdk();
  if (typeof Sdk === "string") return Sdk;
  const client = new Sdk({ apiKey, fetch, baseURL: baseUrl });
  return { read: () => client.models.retrieve(id), write: () => client.conversations.create({ metadata: written }) };
}

const names = {
  bare: "fetch(new Request()), json()",
  fetch: "openapi-fetch",
  middleware: "openapi-fetch, a middleware",
  all: "our client, everything on",
  defaults: "our client, defaults",
  redocly: "redocly generate-client",
  vendor: vendorSdk,
};

const workshop = await openWorkshop();
try {
  const { HeroBrain: Client } = await import(await workshop.compile("src/herobrain.ts"));
  const all: Record<string, Contestant | string> = {
    [names.bare]: bare(),
    [names.fetch]: openapiFetch(),
    [names.middleware]: openapiFetch(middleware),
    [names.all]: ours(Client, everything(), new AbortController().signal),
    [names.defaults]: ours(Client, {}),
    [names.redocly]: await redocly(await workshop.compile(await generateWithRedocly("herobrain", workshop.folder))),
    [names.vendor]: await vendor(),
  };
  const contestants = Object.entries(all).filter(
    (entry): entry is [string, Contestant] => typeof entry[1] !== "string",
  );

  const run = (kind: keyof Contestant, count: number) =>
    Object.fromEntries(
      contestants.map(([name, contestant]) => [
        name,
        async () => {
          for (let call = 1; call <= count; call++) {
            await contestant[kind]();
            // As in life, where answers take their time; what a WeakRef holds on to stays until then.
            if (call % 10 === 0) await new Promise(setImmediate);
          }
        },
      ]),
    );
  const times: Record<keyof Contestant, Map<string, readonly number[]>> = { read: new Map(), write: new Map() };
  for (const kind of ["read", "write"] as const) {
    await inTurns(1, run(kind, 2_000));
    times[kind] = await inTurns(rounds, run(kind, calls));
  }

  const of = (kind: keyof Contestant, name: string) => times[kind].get(name) ?? [];
  const ratio = (kind: keyof Contestant, name: string, other: string) => ratioOf(of(kind, name), of(kind, other));
  const figures = (kind: keyof Contestant, name: string) => [
    ((middle(of(kind, name)) / calls) * 1000).toFixed(1),
    ratio(kind, name, names.bare).toFixed(2),
  ];
  const rows = Object.entries(all).map(([name, contestant]) => {
    return typeof contestant === "string"
      ? [name, contestant]
      : [name, ...figures("read", name), ...figures("write", name)];
  });
  const heading = ["microseconds a call", "a GET", "ratio", "a POST", "ratio"];
  process.stdout.write(`${table([heading, ...rows], [1, 2, 3, 4])}\n\n`);

  const aim = (what: string, other: string, most: number) => {
    const ratios = [ratio("read", names.all, other), ratio("write", names.all, other)];
    const [read, write] = ratios.map((value) => value.toFixed(2));
    return [what, `${read}, ${write}`, `at most ${most.toFixed(2)}`, verdict(ratios.every((value) => value <= most))];
  };
  const aims = [aim("everything on / fetch", names.bare, 1.5), aim("... / with a middleware", names.middleware, 1)];
  process.stdout.write(`${table([["", "GET, POST", "aim", ""], ...aims], [])}\n\n`);
  process.stdout.write(
    `Processor time, medians of ${rounds} rounds of ${calls} calls, answers of ${answer.length} bytes,\nNode ${process.versions.node}.\n`,
  );
} finally {
  await workshop.remove();
}
