import { createRequire } from "node:module";
import { join } from "node:path";

const installCommand = "npm install --save-dev @stoplight/prism-cli@5.14.2";

/** Prism, the optional peer dependency that answers the mock's requests, is not installed. */
export class PrismMissingError extends Error {
  override readonly name = "PrismMissingError";

  constructor() {
    super(`The mock needs Prism, which is not installed. Install it with:\n\n  ${installCommand}\n`);
  }
}

/** A security scheme an operation accepts. */
export interface PrismSecurityScheme {
  type: string;
  /** Of an `http` scheme: `bearer`, `basic` … */
  scheme?: string;
  /** Of an `apiKey` scheme: the header, cookie or query parameter, and which of these it is. */
  name?: string;
  in?: string;
}

/** An operation as Prism sees it: the members that the mock reads. */
export interface PrismOperation {
  method: string;
  path: string;
  /** The operationId. */
  iid?: string;
  /** Alternatives; each is the list of schemes that must be given together. */
  security?: PrismSecurityScheme[][];
  request?: { body?: { contents?: { mediaType: string }[] } };
  responses?: PrismResponse[];
  callbacks?: unknown;
  /** The members of the operation that begin with `x-`. */
  extensions?: Record<string, unknown>;
}

/** A documented answer. */
export interface PrismResponse {
  /** `200`, a range such as `4XX`, or `default`. */
  code: string;
  contents?: PrismContent[];
}

/** One media type of a documented answer. */
export interface PrismContent {
  mediaType: string;
  examples?: unknown[];
  schema?: unknown;
}

/** A request as Prism takes it. */
export interface PrismRequest {
  method: string;
  url: { path: string; query: Record<string, string | string[]> };
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Parsed JSON, or the text of any other body; undefined when there is none. */
  body: unknown;
}

/** Something Prism found in a request. */
export interface PrismFinding {
  path?: (string | number)[];
  code?: string | number;
  message: string;
  /** 0 is an error; anything above lets the request pass. */
  severity: number;
}

/** What Prism made of a request, or the problem it found instead. */
export type PrismResult =
  | {
      _tag: "Right";
      right: {
        output: { statusCode: number; headers?: Record<string, unknown>; body?: unknown };
        validations: { input: PrismFinding[] };
      };
    }
  | { _tag: "Left"; left: Error & { status?: number; detail?: string; additional?: Record<string, unknown> } };

/** The package `@stoplight/prism-http`, as far as the mock uses it. */
export interface PrismHttp {
  getHttpOperationsFromSpec(description: object): Promise<PrismOperation[]>;
  createInstance(
    config: object,
    components: { logger: object },
  ): {
    request(request: PrismRequest, operations: PrismOperation[], config: object): () => Promise<PrismResult>;
  };
}

/**
 * Loads Prism's HTTP core. It is looked for beside this package and then in the working directory, which is where a
 * user has it who runs this package through `npx`.
 *
 * @param places modules or folders' files to resolve from; for tests.
 * @throws PrismMissingError if it is in neither place.
 */
export function loadPrism(places = [import.meta.url, join(process.cwd(), "package.json")]): PrismHttp {
  for (const place of places) {
    const manifest = resolve("@stoplight/prism-cli/package.json", place);
    // Only prism-cli is the user's dependency; package managers that do not hoist show prism-http to nobody else.
    if (manifest) return createRequire(manifest)("@stoplight/prism-http");
  }
  throw new PrismMissingError();
}

function resolve(module: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(module);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
