import type { Facts } from "../facts.js";
import type { OpenApiDocument } from "../openapi.js";

/** One API of the site. */
export interface DocumentedApi {
  /** Its folder below the site: lower-case letters, digits and dashes, for example `acme`. */
  readonly name: string;
  /** The bundle. Its descriptions already carry the notes on evidence. */
  readonly document: OpenApiDocument;
  /** Counts for the landing page. */
  readonly facts: Facts;
  /** File name to content: what can be downloaded beside the reference, in the order of its links. */
  readonly downloads: Readonly<Record<string, string>>;
}
