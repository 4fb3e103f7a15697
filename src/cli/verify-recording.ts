import { readFileSync } from "node:fs";
import { judgeRecording, type RecordingOptions } from "../verify/recording/judge-recording.js";
import { RecordingError } from "../verify/recording/read-har.js";
import type { VerifyReport } from "../verify/report.js";
import { UsageError } from "./errors.js";

/** What an option that is about sending does beside a recording, of which nothing is sent. */
const SENDING = [
  "write",
  "skip-case",
  "budget",
  "seed",
  "concurrency",
  "timeout",
  "fuzz",
  "answers",
  "workflows",
  "no-workflows",
  "input",
  "no-auth",
  "header",
  "credential",
] as const;

/**
 * Refuses options that would have no effect, since who gives them expects something to be sent.
 *
 * @throws UsageError that names the first one.
 */
export function refuseSending(args: readonly string[]): void {
  const given = SENDING.find((name) => args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)));
  if (given === undefined) return;
  throw new UsageError(
    `--${given} is about what is sent, and without --server nothing is.`,
    "--har FILE judges a recording. With --server URL it takes down what is sent there.",
  );
}

/**
 * Judges the recording in a file.
 *
 * @throws UsageError if the file cannot be read, is no HTTP Archive, or has nothing of the API in it.
 */
export async function judgeFile(api: string, file: string, options: RecordingOptions): Promise<VerifyReport> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "does not exist" : (error as Error).message;
    throw new UsageError(
      `The recording ${file} cannot be read: it ${why}.`,
      "--har without --server reads a recording. To make one, give --server as well.",
    );
  }
  try {
    return await judgeRecording(api, text, options);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    const hint = /no request/.test(error.message)
      ? "Does the recording belong to this API? --base URL says where in it the API is."
      : "Give an HTTP Archive 1.2, as browsers, proxies and agent-apis write it.";
    throw new UsageError(`The recording ${file} ${error.message}.`, hint);
  }
}
