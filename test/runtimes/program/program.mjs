import { bodyChecks } from "./bodies.mjs";
import { callChecks } from "./calls.mjs";
import { redirectChecks } from "./redirects.mjs";

/** @type {Readonly<Record<string, import("./support.mjs").Check>>} */
export const checks = { ...callChecks, ...bodyChecks, ...redirectChecks };

const longestMs = 20_000;

/**
 * Does all checks, one after another.
 *
 * @param {import("./support.mjs").World} world
 * @param {(line: string) => void} print gets `ok name` or `FAIL name: reason`.
 */
export async function runChecks(world, print) {
  for (const [name, check] of Object.entries(checks)) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done within ${longestMs / 1000} s`)), longestMs);
    });
    try {
      await Promise.race([check(world), late]);
      print(`ok ${name}`);
    } catch (error) {
      print(`FAIL ${name}: ${String(error instanceof Error ? error.message : error).replace(/\s+/g, " ")}`);
    } finally {
      clearTimeout(timer);
    }
  }
}
