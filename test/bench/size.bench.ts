import { join } from "node:path";
import { table } from "../../scripts/terminal.js";
import { kilobytes, measureSize, programs } from "../package/bundle-size.js";
import { installPacked } from "../package/consumer.js";
import { generateWithRedocly } from "./compile.js";

// The size of a program of one client and one call, as the packed package makes it, beside two peers that call the same
// operation of HeroBrain: openapi-fetch alone, and the client that Redocly generates from the same description. Needs a
// compiled package (`npm run dist`).

const peers = [
  {
    name: "openapi-fetch alone",
    short: "openapi-fetch",
    file: "openapi-fetch.js",
    code: `import createClient from "openapi-fetch";
const client = createClient({ baseUrl: "https://api.herobrain.ai", headers: { authorization: "Bearer x" } });
console.log(await client.GET("/api/v1/memories/{id}", { params: { path: { id: "m" }, query: { tenantId: "t" } } }));
`,
  },
  {
    name: "redocly generate-client",
    short: "redocly",
    file: "redocly.js",
    code: `import { client } from "./redocly-client.ts";
client.auth.bearer("x");
console.log(await client.getMemory("m", { tenantId: "t" }));
`,
  },
];

const consumer = await installPacked();
try {
  await generateWithRedocly("herobrain", consumer.folder);
  const size = async (name: string, code: string) => {
    await consumer.write(name, code);
    return measureSize(join(consumer.folder, name));
  };
  const rows: { name: string; bytes: number; budget?: number }[] = [];
  for (const { api, className, code, budget } of programs) {
    rows.push({ name: className, bytes: await size(`${api}.js`, code), ...(budget === undefined ? {} : { budget }) });
  }
  const peerSizes: number[] = [];
  for (const { name, file, code } of peers) {
    const bytes = await size(file, code);
    peerSizes.push(bytes);
    rows.push({ name, bytes });
  }
  const ratios = (bytes: number) => peerSizes.map((peer) => (bytes / peer).toFixed(2));
  const heading = ["one client, one call", "gzip", "budget", ...peers.map(({ short }) => `/ ${short}`)];
  const lines = rows.map(({ name, bytes, budget }) => [
    name,
    kilobytes(bytes),
    budget === undefined ? "" : `at most ${budget / 1000} kB`,
    ...ratios(bytes),
  ]);
  process.stdout.write(
    `${table([heading, ...lines], [1, 2, 3, 4])}\n\nMinified by esbuild, as size-limit measures it.\n`,
  );
} finally {
  await consumer.remove();
}
