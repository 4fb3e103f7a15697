import type { Facts } from "../facts.js";
import type { OpenApiDocument } from "../openapi.js";
import type { Quality } from "../quality.js";
import type { History } from "./changelog/changelog-page.js";
import type { EntryPoints } from "./entry-points.js";

/** One API of the site. */
export interface DocumentedApi {
  /** Its folder below the site: lower-case letters, digits and dashes, for example `acme`. */
  readonly name: string;
  /** The bundle, as the description is written. */
  readonly document: OpenApiDocument;
  /** Counts for the landing page. */
  readonly facts: Facts;
  /** What tools say of the description; left out where nobody has asked them. */
  readonly quality?: Quality;
  /** What releases have changed; left out for an API without a changelog. */
  readonly history?: History;
  /** File name to content: what can be downloaded beside the reference, in the order of its links. */
  readonly downloads: Readonly<Record<string, string>>;
  /** `NOTES.md` of the description: what sources say differently, and what is unknown. */
  readonly notes: string;
  /** The modules that users import; missing for an API that has none yet. */
  readonly entryPoints?: EntryPoints;
}

/** What the site is made of. */
export interface Documented {
  readonly apis: readonly DocumentedApi[];
  /** The guides, by their path below `docs/guides`: `acme/streams.md`. */
  readonly guides: ReadonlyMap<string, string>;
  /** The pictures of the guides, by their path below `docs/guides`; none by default. */
  readonly images?: ReadonlyMap<string, Uint8Array>;
  /** Where the site will be, with a slash at its end, for what needs whole addresses; by default nobody knows. */
  readonly siteUrl?: string;
}
