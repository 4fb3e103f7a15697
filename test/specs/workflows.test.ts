import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findApis, projectRoot } from "../../scripts/project.js";
import { type Mock, startMock } from "../../src/mock/index.js";

const run = promisify(execFile);
const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const redocly = join(dirname(manifest), "bin/cli.js");

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

/** Values for the inputs of the workflows, by API. They are those of the examples, which the mock answers. */
const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hero: {
    apiKey: "hero_ak_your_api_key",
    sessionId: "6e2d4f8a-0b1c-4d3e-8f5a-7b9c1d2e3f40",
    documentId: "0f9e8d7c-5b4a-4392-8170-6a5b4c3d2e1f",
    email: "sam@example.com",
  },
  herobrain: {
    apiKey: "hb_your_api_key_here",
    tenantId: "user_12345",
    url: "https://your-app.com/webhooks/herobrain",
    secret: "your-webhook-secret",
  },
  heycmo: {
    apiKey: "hcmo_live_your_api_key",
    customerId: "3f1c8a52-6d0e-4b7a-9c41-2e5d7f80b6a3",
    email: "user@example.com",
    sessionId: "cs_live_a1b2c3d4e5f6g7h8",
    url: "https://example.com/hooks",
  },
  hermes: {
    session:
      "4f1d8a26c97be35f0a6c4d2e8b17f39a5c0e7d4b92f6a8135ed07c4b19f2a86e.b83e5f07a2c94d16e8f05b7a3c61d92e4f8a07b5d3c6e19f20a4b8d7c5e3f160",
    password: "correct horse battery staple",
    sessionId: "a1b2c3d4e5f6",
    prefix: "/home/user/projects/w",
  },
};

for (const { name, folder } of await findApis(projectRoot)) {
  const files = readdirSync(join(folder, "workflows")).filter((file) => file.endsWith(".arazzo.yaml"));

  describe(`${name}'s workflows run against the mock with redocly respect`, () => {
    test.each(files)("%s", async (file) => {
      const path = join(folder, "workflows", file);
      const wanted: string[] = parse(readFileSync(path, "utf8")).workflows.flatMap(
        (workflow: { inputs?: { required?: string[] } }) => workflow.inputs?.required ?? [],
      );
      const given = Object.entries(inputs[name] ?? {}).filter(([key]) => wanted.includes(key));
      const { stdout } = await run(
        process.execPath,
        [
          redocly,
          "respect",
          path,
          "--server",
          `${name}=${mock.baseUrls[name]}`,
          ...given.flatMap(([key, value]) => ["--input", `${key}=${value}`]),
        ],
        { cwd: projectRoot, env: { ...process.env, REDOCLY_TELEMETRY: "off" } },
      );
      expect(stdout).toMatch(/Workflows: \d+ passed, \d+ total/);
      expect(stdout).not.toMatch(/\d+ failed/);
    });
  });
}
