/** The parts of an OpenAPI 3.1 or 3.2 document that the pages look at; the rest passes through to Redoc untouched. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; summary?: string; description?: string };
  servers?: readonly { url: string; description?: string }[];
  tags?: readonly OpenApiTag[];
  /** `name` is the class that the client of this API is imported as. */
  "x-client"?: { name?: string };
  [field: string]: unknown;
}

/** A tag of an OpenAPI document. */
export interface OpenApiTag {
  name: string;
  summary?: string;
  description?: string;
  [field: string]: unknown;
}

/** How many operations rest on which kind of evidence. */
export interface Evidence {
  documented: number;
  observed: number;
  inferred: number;
}

/** One API of the site. */
export interface DocumentedApi {
  /** Its folder below the site: lower-case letters, digits and dashes, for example `herobrain`. */
  name: string;
  /** The bundle. Its descriptions already carry the notes on evidence. */
  document: OpenApiDocument;
  /** Counts for the landing page. */
  facts: { operations: number; schemas: number; events: number; evidence: Evidence };
  /** File name to content: what can be downloaded beside the reference, in the order of its links. */
  downloads: Readonly<Record<string, string>>;
}
