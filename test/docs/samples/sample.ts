/** A sample of the documentation, as a reader sees it. */
export interface Sample {
  /** Unique among the samples that run together, such as a file and a line. */
  readonly id: string;
  readonly language: "ts" | "sh";
  readonly code: string;
  /** What it prints as shown to the reader; missing if nothing is shown. */
  readonly output?: Output;
  /** The exit code that belongs to it; 0 by default. */
  readonly exitCode?: number;
  /** What has to be there before, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** What is shown as a sample's output. `…` in a text stands for any text; of JSON the values count, not the layout. */
export interface Output {
  readonly format: "text" | "json";
  readonly text: string;
}

/** What became of a sample. */
export interface SampleResult {
  readonly id: string;
  /** All that it printed; what it wrote to stderr is in its place between the rest, as in a terminal. */
  readonly stdout: string;
  /** Uncaught errors of modules, failures of tests, and why a sample was ended. */
  readonly stderr: string;
  /** `null` if it had to be ended. */
  readonly exitCode: number | null;
}

/** Whether a sample is a test file, which is run by Vitest and passes. */
export function isTest({ language, code }: Sample): boolean {
  return language === "ts" && /^import .* from "vitest";$/m.test(code);
}
