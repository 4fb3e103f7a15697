import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findApis } from "../../scripts/project.js";
import { measureSize, programs } from "./bundle-size.js";
import { type Consumer, installPacked, root } from "./consumer.js";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installPacked();
});
afterAll(() => consumer.remove());

test.each(programs.flatMap(({ budget, ...program }) => (budget === undefined ? [] : { ...program, budget })))(
  "a program of one client and one call to $className is at most $budget bytes, minified and compressed",
  async ({ api, code, budget }) => {
    await consumer.write(`${api}.js`, code);
    expect(await measureSize(join(consumer.folder, `${api}.js`))).toBeLessThanOrEqual(budget);
  },
);

test("the size of every API's client is measured", async () => {
  expect(programs.map(({ api }) => api).sort()).toEqual((await findApis(root)).map(({ name }) => name).sort());
});
