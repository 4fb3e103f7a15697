// Web standards only: this runs on every runtime, as it stands.

/**
 * @typedef {object} World
 * @property {Clients} clients the packed package.
 * @property {import("../server.js").Origins} origins
 * @property {boolean} isBrowser
 * @property {readonly string[]} globals what the package looks up in the global scope.
 */

/**
 * @typedef {object} Clients
 * @property {typeof import("../../../src/hero.js")} hero
 * @property {typeof import("../../../src/herobrain.js")} herobrain
 * @property {typeof import("../../../src/heycmo.js")} heycmo
 * @property {typeof import("../../../src/hermes.js")} hermes
 */

/** @typedef {(world: World) => Promise<void>} Check */

export const secret = "hb_s3cr3t-credential";

/**
 * A HeroBrain client for one scenario of the server.
 *
 * @param {World} world
 * @param {string} scenario
 * @param {Partial<import("../../../src/herobrain.js").HeroBrainOptions>} [options]
 */
export function heroBrain({ clients, origins }, scenario, options = {}) {
  const { HeroBrain } = clients.herobrain;
  return new HeroBrain({ apiKey: secret, tenantId: "t", baseUrl: `${origins.api}/${scenario}`, ...options });
}

/**
 * @param {unknown} actual
 * @param {unknown} expected anything that JSON can show.
 * @param {string} what
 */
export function equal(actual, expected, what) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value) ?? String(value));
  if (is !== should) throw new Error(`${what} is ${is} and not ${should}`);
}

/**
 * What a promise is rejected with.
 *
 * @template {Error} E
 * @param {PromiseLike<unknown>} promise
 * @param {new (init: any) => E} type
 * @returns {Promise<E>}
 */
export async function rejection(promise, type) {
  /** @type {unknown} */
  let given;
  try {
    given = await promise;
  } catch (error) {
    if (error instanceof type) return error;
    throw new Error(`rejected with ${error} and not with ${type.prototype.name}`);
  }
  throw new Error(`resolved to ${JSON.stringify(given)} and not rejected with ${type.prototype.name}`);
}

/**
 * The same promise, whose error tells which of several it was.
 *
 * @template T
 * @param {string} name
 * @param {Promise<T>} promise
 */
export function named(name, promise) {
  return promise.catch((error) => {
    throw new Error(`${name}: ${error.message}`);
  });
}

/**
 * What a scenario was sent.
 *
 * @param {World} world
 * @param {string} scenario
 * @returns {Promise<import("../server.js").SeenRequest[]>}
 */
export async function seen({ origins }, scenario) {
  return (await fetch(`${origins.api}/seen/${scenario}`)).json();
}

/**
 * Lets a scenario go on that waits for the program.
 *
 * @param {World} world
 * @param {string} scenario
 */
export async function release({ origins }, scenario) {
  await (await fetch(`${origins.api}/release/${scenario}`)).text();
}

/**
 * Waits until the server has noticed that the last of a scenario's requests was given up.
 *
 * @param {World} world
 * @param {string} scenario
 */
export async function hungUp(world, scenario) {
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await seen(world, scenario)).at(-1)?.closed) return;
    await wait(100);
  }
  throw new Error("the connection is still open after 5 s");
}

/** @param {number} ms */
export function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
