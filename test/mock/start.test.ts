import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeForPrism } from "../../src/mock/describe-for-prism.js";
import { PrismMissingError, readBundle, startMock, UnknownApiError } from "../../src/mock/index.js";
import { loadPrism } from "../../src/mock/prism-modules.js";
import { shop } from "./shop.js";

const description = { shop };

test("an API that is not described is an error that lists those that are", async () => {
  const start = startMock({ apis: ["hero-brain"], port: 0 });
  await expect(start).rejects.toThrow(UnknownApiError);
  await expect(start).rejects.toThrow(/"hero-brain".*herobrain/);
});

test("without Prism the error prints the command that installs it", () => {
  const folder = mkdtempSync(join(tmpdir(), "no-prism-"));
  try {
    const load = () => loadPrism([join(folder, "package.json")]);
    expect(load).toThrow(PrismMissingError);
    expect(load).toThrow("npm install --save-dev @stoplight/prism-cli@5.14.2");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a busy port is left alone: the next free one is taken, and the mock says so", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const mock = await startMock({ apis: ["shop"], description, port });
  expect(mock.busyPort).toBe(port);
  expect(mock.port).toBeGreaterThan(port);
  expect(mock.baseUrls.shop).toBe(`http://127.0.0.1:${mock.port}/shop`);
  await mock.close();
  other.close();
});

test("closing frees the port, also while a client keeps its connection open", async () => {
  const mock = await startMock({ apis: ["shop"], description, port: 0 });
  await (await fetch(mock.baseUrls.shop ?? "")).text();
  await mock.close();
  const again = createServer();
  await new Promise<void>((resolve, reject) => again.once("error", reject).listen(mock.port, "127.0.0.1", resolve));
  again.close();
});

test("several APIs share a port and answer under their own prefixes", async () => {
  const mock = await startMock({ apis: ["shop", "herobrain"], description, port: 0 });
  expect((await fetch(`${mock.baseUrls.shop}/page`)).status).toBe(200);
  expect((await fetch(`${mock.baseUrls.herobrain}/page`)).status).toBe(404);
  await mock.close();
});

test("a description is not changed by being mocked", () => {
  const before = JSON.stringify(shop);
  expect(describeForPrism(shop)).not.toEqual(shop);
  expect(JSON.stringify(shop)).toBe(before);
  expect(readBundle("herobrain")).not.toBe(readBundle("herobrain"));
});
