import { spawnSync } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { table } from "../../scripts/terminal.js";
import { kilobytes, measureSize, programs } from "../package/bundle-size.js";
import { installPacked, root } from "../package/consumer.js";

// The size of a program of one client and one call, as the packed package makes it, beside two peers that call the same
// operation of HeroBrain: openapi-fetch alone, and the client that Redocly generates from the same description. Needs a
// compiled package (`npm run dist`).

const peers = [
  {
    name: "openapi-fetch alone",
    file: "openapi-fetch.js",
    code: `import createClient from "openapi-fetch";
const client = createClient({ baseUrl: "https://api.herobrain.ai", headers: { authorization: "Bearer x" } });
console.log(await client.GET("/api/v1/memories/{id}", { params: { path: { id: "m" }, query: { tenantId: "t" } } }));
`,
  },
  {
    name: "redocly generate-client",
    file: "redocly.js",
    code: `import { client } from "./redocly-client.ts";
client.auth.bearer("x");
console.log(await client.getMemory("m", { tenantId: "t" }));
`,
  },
];

/** The client that Redocly's generator makes of HeroBrain's bundle, in a folder where no redocly.yaml is. */
async function generate(folder: string): Promise<void> {
  await copyFile(join(root, "generated/herobrain/openapi.yaml"), join(folder, "openapi.yaml"));
  const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const command = join(dirname(manifest), createRequire(manifest)("./package.json").bin.redocly);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, "generate-client", "openapi.yaml", "--output", "redocly-client.ts"],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );
  if (status !== 0) throw new Error(`redocly generate-client ended with ${status}:\n${stdout}${stderr}`);
}

const consumer = await installPacked();
try {
  await generate(consumer.folder);
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
  const heading = ["one client, one call", "gzip", "aim", ...peers.map(({ name }) => `/ ${name}`)];
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
