import type { Case, Credentials, Operation } from "../testing/index.js";

/** How a server is verified. */
export interface VerifyOptions {
  /** The address before the path: `http://127.0.0.1:4010/herobrain`. Nothing is ever sent to any other origin. */
  readonly server: string;
  /** Also send what can change something; by default only GET, HEAD and operations that only read. */
  readonly write?: boolean;
  /** Only the operations with these ids; globs with `*` and `?`. */
  readonly only?: readonly string[];
  /** Not the operations with these ids; globs. */
  readonly skip?: readonly string[];
  /** Not the cases with these ids, such as `* shorter than 1`; globs. */
  readonly skipCases?: readonly string[];
  /** Only operations with one of these tags. */
  readonly tags?: readonly string[];
  /** After this many milliseconds nothing more is sent; no limit by default. */
  readonly budgetMs?: number;
  /** Decides the order of the cases and what fuzzing makes up; 1 by default. */
  readonly seed?: number;
  /** How many requests are under way at once; 4 by default. */
  readonly concurrency?: number;
  /** How long an answer may take in all, in milliseconds, and how long a stream is read; 10 000 by default. */
  readonly timeoutMs?: number;
  /** How many events are read of a stream; 100 by default. */
  readonly maxEvents?: number;
  /** Answers that take longer, in milliseconds, are findings; off by default. */
  readonly maxMs?: number;
  /** Make warnings and notes errors. */
  readonly strict?: boolean;
  /** Further headers for every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Credentials by the name of their security scheme. Operations for which they do not suffice are left out. */
  readonly credentials?: Credentials;
  /** How many requests to make up for each operation; 0 by default. Needs the package `fast-check`. */
  readonly fuzz?: number;
  /** Ask for every documented answer with `Prefer: code=…`, which mocks understand; off by default. */
  readonly answers?: boolean;
  /**
   * Whether the documented workflows of the API are run as well, or nothing else; `"without"` by default. They need the
   * package `@redocly/cli`; what is missing is told in the report, and with `"only"` an error.
   */
  readonly workflows?: "with" | "without" | "only";
  /** Values for inputs of workflows, by their names; credentials are taken from `credentials`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The server asks nobody for a credential, so that none is looked for; by default what the description says. */
  readonly noAuth?: boolean;
  /** Leave out the cases to which this says no. */
  readonly accepts?: (one: Case, operation: Operation) => boolean;
  /** Ends the run; what was found so far is the result. */
  readonly signal?: AbortSignal;
  /** Told after every exchange. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a run has come. */
export interface Progress {
  readonly done: number;
  /** What is planned so far; it grows when one answer leads to further requests. */
  readonly total: number;
  readonly errors: number;
  /** The operation that was asked last. */
  readonly operationId: string;
}

/** Options with their defaults. */
export type Settings = VerifyOptions &
  Required<Pick<VerifyOptions, "write" | "seed" | "concurrency" | "timeoutMs" | "maxEvents" | "strict" | "fuzz">> & {
    readonly credentials: Credentials;
    readonly headers: Readonly<Record<string, string>>;
  };

/** Fills in the defaults. */
export function settingsOf(options: VerifyOptions): Settings {
  return {
    write: false,
    seed: 1,
    concurrency: 4,
    timeoutMs: 10_000,
    maxEvents: 100,
    strict: false,
    fuzz: 0,
    credentials: {},
    headers: {},
    ...options,
  };
}
