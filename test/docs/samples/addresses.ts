import { type Mock, readBundle } from "../../../src/mock/index.js";

/** Addresses as samples show them, and where each is led: `["https://api.example.com", "http://127.0.0.1:41234/shop"]`. */
export type Addresses = readonly (readonly [shown: string, real: string])[];

/** Leads the servers of the described APIs, and the ports that the documentation gives to mocks, to one mock. */
export function addressesOf(mock: Mock): Addresses {
  const own = Object.entries(mock.baseUrls).flatMap(([api, baseUrl]) => {
    const { servers = [] } = readBundle(api) as { servers?: Server[] };
    return servers.map((server) => [withDefaults(server), baseUrl] as const);
  });
  return [...own, ...["127.0.0.1", "localhost"].map((host) => [`http://${host}:4010`, mock.origin] as const)];
}

interface Server {
  url: string;
  variables?: Record<string, { default: string }>;
}

function withDefaults({ url, variables = {} }: Server): string {
  return url.replace(/\{(.+?)\}/g, (braces, name: string) => variables[name]?.default ?? braces);
}

/** Puts real addresses in the place of those shown. */
export function lead(text: string, addresses: Addresses): string {
  for (const [shown, real] of addresses) text = text.replaceAll(address(shown), real);
  return text;
}

/**
 * Puts the shown addresses back into what a sample printed.
 *
 * @param code the sample: where two shown addresses lead to one, that which it uses itself is meant.
 */
export function restore(text: string, code: string, addresses: Addresses): string {
  const uses = ([shown]: Addresses[number]) => (code.includes(shown) ? 0 : 1);
  const ordered = [...addresses].sort((a, b) => uses(a) - uses(b) || b[1].length - a[1].length);
  for (const [shown, real] of ordered) text = text.replaceAll(address(real), shown);
  return text;
}

/** An address and not the beginning of a longer one. */
function address(url: string): RegExp {
  return new RegExp(`${url.replace(/[.?+()[\]]/g, "\\$&")}(?![\\w-]|\\.\\w)`, "g");
}
