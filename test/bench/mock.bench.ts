import { join } from "node:path";
import { table } from "../../scripts/terminal.js";
import { middle } from "./measure.js";
import { type Call, compilePackage, prismCommand, startServer, throughput } from "./mock-servers.js";

// `agent-apis mock herobrain` against Prism's own command with the same bundle: how long each takes to its first answer,
// and how many requests a second each answers over connections that stay open. Both run as they do by default, with a
// line and more of output for each request.

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const requests = Number(process.env.BENCH_REQUESTS ?? 1500);
const connections = 8;

const bundle = join(import.meta.dirname, "../../generated/herobrain/openapi.json");
const headers = { authorization: "Bearer hb_your_api_key_here" };
const get: Call = { method: "GET", path: "/api/v1/memories?tenantId=user_12345&limit=10", headers };
const body = JSON.stringify({
  content: "Met with Sarah about Q4 goals",
  type: "episodic",
  importance: 0.8,
  tenantId: "user_12345",
});
const post: Call = {
  method: "POST",
  path: "/api/v1/memories",
  headers: { ...headers, "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) },
  body,
};

/** A command, and what was measured in each round. */
interface Contestant {
  name: string;
  /** What stands before the API's paths. */
  prefix: string;
  args(port: number): string[];
  start: number[];
  get: number[];
  post: number[];
}

const compiled = await compilePackage();
const contestants: Contestant[] = [
  {
    name: "agent-apis mock",
    prefix: "/herobrain",
    args: (port: number) => [compiled.command, "mock", "herobrain", "--port", String(port)],
  },
  {
    name: "prism mock",
    prefix: "",
    args: (port: number) => [prismCommand(), "mock", bundle, "--port", String(port)],
  },
].map((one) => ({ ...one, start: [] as number[], get: [] as number[], post: [] as number[] }));

try {
  for (let round = 0; round < rounds; round++) {
    // In turns, and not always in the same order: what slows the machine down for a while slows both down.
    for (const one of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const at = (call: Call) => ({ ...call, path: one.prefix + call.path });
      const server = await startServer(one.args, at(get));
      try {
        one.start.push(server.startMs);
        // The first ones are answered by code that is not compiled yet.
        for (const call of [get, post]) await throughput(server.origin, at(call), requests / 3, connections);
        one.get.push(await throughput(server.origin, at(get), requests, connections));
        one.post.push(await throughput(server.origin, at(post), requests, connections));
      } finally {
        await server.stop();
      }
    }
  }
} finally {
  await compiled.remove();
}

const [own, prism] = contestants;
if (!own || !prism) throw new Error("There are two.");
const row = (what: string, values: (one: Contestant) => readonly number[], ratio: (a: number, b: number) => number) => {
  const [a, b] = [middle(values(own)), middle(values(prism))];
  const factor = ratio(a, b);
  return [what, String(Math.round(a)), String(Math.round(b)), factor.toFixed(2), factor >= 1 ? "met" : "missed"];
};
const faster = (a: number, b: number) => a / b;
process.stdout.write(
  `${table(
    [
      ["", own.name, prism.name, "times as fast", "aim: at least 1"],
      row("GET, requests a second", (one) => one.get, faster),
      row("POST, requests a second", (one) => one.post, faster),
      row(
        "start to first answer, ms",
        (one) => one.start,
        (a, b) => b / a,
      ),
    ],
    [1, 2, 3],
  )}\n\nMedians of ${rounds} rounds of ${requests} requests over ${connections} connections on Node ${process.versions.node}.\n`,
);
