import { type Documented, listPages } from "../../scripts/docs/docs.js";

/** A page that stands for all of its kind. */
export interface KindOfPage {
  readonly kind: string;
  /** Below the site. */
  readonly path: string;
}

/** The landing page, the reference, and the first page of every other kind that a site has. */
export function kindsOfPages(documented: Documented): KindOfPage[] {
  const kinds = new Map<string, string>([["landing", "index"]]);
  for (const { kind, address, badges } of listPages(documented)) {
    const isStream = kind === "operation" && badges?.some((badge) => badge.kind === "streams");
    const name = isStream ? "stream" : kind;
    if (!kinds.has(name)) kinds.set(name, address);
  }
  const [api] = documented.apis;
  if (api) kinds.set("reference", `${api.name}/reference`);
  return [...kinds].map(([kind, address]) => ({ kind, path: `${address}.html` }));
}
