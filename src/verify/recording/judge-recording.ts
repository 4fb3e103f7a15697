import { loadDescription } from "../../testing/index.js";
import { judgingOf } from "../judging.js";
import type { VerifyReport } from "../report.js";
import { selectOperations } from "../select.js";
import { operationFinder } from "../traffic/find-operation.js";
import { judgeTraffic } from "../traffic/judge-traffic.js";
import { trafficReport } from "../traffic/traffic-report.js";
import { Unmatched } from "../traffic/unmatched.js";
import { findBase } from "./find-base.js";
import { RecordingError, readHar } from "./read-har.js";

/** How a recording is judged. */
export interface RecordingOptions {
  /** The address of the API before the path of an operation; by default that under which most requests fit. */
  readonly base?: string;
  /** Only the operations with these ids; globs. */
  readonly only?: readonly string[];
  /** Not the operations with these ids; globs. */
  readonly skip?: readonly string[];
  /** Only operations with one of these tags. */
  readonly tags?: readonly string[];
  /** Answers that took longer, in milliseconds, are findings; off by default. */
  readonly maxMs?: number;
  /** Make warnings and notes errors. */
  readonly strict?: boolean;
}

/**
 * Judges recorded exchanges by a description, and sends nothing.
 *
 * @param source the name of an API of this package, or an OpenAPI document; see `loadDescription`.
 * @param recording the text of an HTTP Archive 1.2.
 * @throws RecordingError if it is none, or has no request to the API; SelectionError if `only`, `skip` or `tags` name something
 *   that does not exist.
 */
export async function judgeRecording(
  source: string | object,
  recording: string,
  options: RecordingOptions = {},
): Promise<VerifyReport> {
  const started = new Date();
  const startMs = performance.now();
  const description = loadDescription(source);
  const { selected, leftOut } = selectOperations(description, { ...options, write: true });
  const exchanges = readHar(recording);
  const base = (options.base ?? findBase(description, exchanges))?.replace(/\/$/, "");
  if (base === undefined)
    throw new RecordingError(`has no request to ${description.api} in ${exchanges.length} entries`);
  const { strict = false, maxMs } = options;
  const settings = { server: base, strict, ...(maxMs === undefined ? {} : { maxMs }) };
  const run = await judgingOf(description, settings);
  const find = operationFinder(description);
  const chosen = new Set(selected);
  const unmatched = new Unmatched();
  let judged = 0;
  for (const exchange of exchanges) {
    const { href, origin, pathname, search } = new URL(exchange.url);
    const isBelow = href.startsWith(`${base}/`) || href === base || href.startsWith(`${base}?`);
    if (!isBelow) {
      unmatched.add(exchange.method, origin === new URL(base).origin ? pathname : `${origin}/…`);
      continue;
    }
    const path = (origin + pathname).slice(base.length) || "/";
    const match = find(exchange.method, path);
    if (!match) unmatched.add(exchange.method, path);
    if (!match || !chosen.has(match.operation)) continue;
    judged++;
    await judgeTraffic(run, { ...exchange, path: path + search }, match, "recorded");
  }
  if (judged === 0 && exchanges.length === unmatched.count) {
    throw new RecordingError(`has no request to ${description.api} below ${base} in ${exchanges.length} entries`);
  }
  const facts = { source: "recorded", started, startMs, judged, selected, leftOut, unmatched } as const;
  return trafficReport(run, facts);
}
