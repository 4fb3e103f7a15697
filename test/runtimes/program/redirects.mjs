import { equal, heroBrain, rejection, secret, seen } from "./support.mjs";

/** @type {import("../../../src/herobrain.js").CreateMemoryParams} */
const note = { content: "c", type: "task" };

/** @type {Readonly<Record<string, import("./support.mjs").Check>>} */
export const redirectChecks = {
  redirect: async (world) => {
    const { memories } = heroBrain(world, "redirect");
    await withoutKey(world, 1, async () => equal((await memories.get("1")).id, "there", "the id"));
  },

  // What `fetch` would take along. A browser hides where a redirect leads, so that there it is refused.
  "redirect-key": async (world) => {
    const { ApiRedirectError } = world.clients.herobrain;
    const { memories } = heroBrain(world, "redirect", { headers: { "X-Api-Key": secret } });
    await withoutKey(world, world.isBrowser ? 0 : 1, async () => {
      if (world.isBrowser) await rejection(memories.get("1"), ApiRedirectError);
      else equal((await memories.get("1")).id, "there", "the id");
    });
  },

  "redirect-body": async (world) => {
    const { ApiRedirectError } = world.clients.herobrain;
    const { memories } = heroBrain(world, "redirect");
    await withoutKey(world, 0, () => rejection(memories.create(note), ApiRedirectError));
    const within = heroBrain(world, "redirect/within").memories.create(note);
    if (world.isBrowser) await rejection(within, ApiRedirectError);
    else equal((await within).content, "c", "the content that arrived");
  },
};

/**
 * Does something, and looks at what the other origin has got meanwhile.
 *
 * @param {import("./support.mjs").World} world
 * @param {number} count how many requests that has to be.
 * @param {() => Promise<unknown>} act
 */
async function withoutKey(world, count, act) {
  const elsewhere = async () => (await seen(world, "redirect")).filter(({ origin }) => origin === "elsewhere");
  const before = (await elsewhere()).length;
  await act();
  const requests = (await elsewhere()).slice(before);
  equal(requests.length, count, "the number of requests to the other origin");
  equal(JSON.stringify(requests).includes(secret), false, "whether the key went to the other origin");
}
