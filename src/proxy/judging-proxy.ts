import { loadDescription, type StreamEvent } from "../testing/index.js";
import { checkOneEvent } from "../verify/check-answer.js";
import { VERIFY_CHECKS } from "../verify/checks.js";
import { report as addFindings } from "../verify/context.js";
import { type Observation, severityOf } from "../verify/finding.js";
import { judgingOf } from "../verify/judging.js";
import type { VerifyReport } from "../verify/report.js";
import { type Match, operationFinder } from "../verify/traffic/find-operation.js";
import { judgeTraffic, shownExchange } from "../verify/traffic/judge-traffic.js";
import { maskedRequest } from "../verify/traffic/mask-request.js";
import { trafficReport } from "../verify/traffic/traffic-report.js";
import { Unmatched } from "../verify/traffic/unmatched.js";
import { HarFile } from "./har-file.js";
import { KeptBody } from "./kept-body.js";
import { LiveEvents } from "./live-events.js";
import type { ProxyOptions, RunningProxy } from "./options.js";
import { startRelay } from "./relay.js";
import type { Relayed } from "./relayed.js";
import { trafficOf } from "./traffic-of.js";

/** Up to this size, in bytes, a body is judged by default. */
const JUDGED = 8 * 1024 * 1024;

/** A relay whose exchanges are judged and written down. */
export class JudgingProxy {
  readonly #started = new Date();
  readonly #startMs = performance.now();
  readonly #unmatched = new Unmatched();
  readonly #streams = new WeakMap<Relayed, LiveEvents>();
  readonly #open = new Set<Promise<void>>();
  readonly #find: ReturnType<typeof operationFinder>;
  #judged = 0;
  #passed = 0;

  private constructor(
    private readonly run: Awaited<ReturnType<typeof judgingOf>>,
    private readonly options: ProxyOptions & { judgeUpTo: number; target: string },
    private readonly har: HarFile | undefined,
  ) {
    this.#find = operationFinder(run.description);
  }

  static async create(source: string | object, options: ProxyOptions): Promise<JudgingProxy> {
    const { strict = false, maxMs, noAuth = false, judgeUpTo = JUDGED } = options;
    const target = options.target.replace(/\/$/, "");
    const settings = { server: target, strict, noAuth, ...(maxMs === undefined ? {} : { maxMs }) };
    const run = await judgingOf(loadDescription(source), settings);
    const har = options.har === undefined ? undefined : await HarFile.create(options.har, run.redaction);
    return new JudgingProxy(run, { ...options, target, judgeUpTo }, har);
  }

  async listen(): Promise<RunningProxy> {
    const { target, port = 0, attempts = 1, judgeUpTo } = this.options;
    const relay = await startRelay({
      target,
      port,
      attempts,
      keep: judgeUpTo,
      redirects: "pass",
      onAnswer: (relayed) => this.#watch(relayed),
      onPiece: (relayed, piece) => {
        // Of a stream that has got too long nothing more is judged.
        if (relayed.answer?.body.isWhole) this.#streams.get(relayed)?.push(piece);
      },
      onEnd: (relayed) => this.#track(this.#judge(relayed)),
    }).catch(async (error) => {
      await this.har?.close();
      throw error;
    });
    return {
      origin: relay.origin,
      port: relay.port,
      ...(relay.busyPort === undefined ? {} : { busyPort: relay.busyPort }),
      report: () => this.#report(),
      close: async () => {
        await relay.close();
        // What the closing has ended is being judged.
        while (this.#open.size > 0) await Promise.all(this.#open);
        await this.har?.close();
        return this.#report();
      },
    };
  }

  #track(work: Promise<void>): void {
    this.#open.add(work);
    void work.finally(() => this.#open.delete(work));
  }

  #watch(relayed: Relayed): void {
    const match = this.#match(relayed);
    const events = match && LiveEvents.of(relayed, (event) => this.#judgeEvent(relayed, match, event));
    if (events) this.#streams.set(relayed, events);
  }

  async #judgeEvent(relayed: Relayed, match: Match, event: StreamEvent): Promise<void> {
    const { run } = this;
    const status = relayed.answer?.status ?? 0;
    const seen = await checkOneEvent(run.description, match.operation, event, status);
    if (seen.length === 0) return;
    // Of the stream only the event is shown.
    const body = new KeptBody(0);
    const { answer: came, ...rest } = relayed;
    const open = { ...rest, ...(came ? { answer: { ...came, body } } : {}) };
    const traffic = await trafficOf(open, "an event of a stream", this.options.judgeUpTo);
    const answer = traffic.answer && { ...traffic.answer, body: Buffer.from(event.data ?? "") };
    const exchange = await shownExchange(run, { ...traffic, ...(answer ? { answer } : {}) }, match);
    addFindings(run, match.operation, exchange.made, exchange, seen);
    this.#tell(relayed, exchange.request.url, match, seen, [], true);
  }

  async #judge(relayed: Relayed): Promise<void> {
    const { run, options } = this;
    const number = ++this.#passed;
    const events = this.#streams.get(relayed);
    await events?.settled();
    const traffic = await trafficOf(relayed, `exchange ${number}`, options.judgeUpTo);
    const answer = traffic.answer && events ? { ...traffic.answer, judged: events.taken } : traffic.answer;
    const whole = { ...traffic, ...(answer ? { answer } : {}) };
    const remarks = remarksOn(relayed, whole.isWhole, answer?.end === "limit", options.judgeUpTo);
    const match = this.#match(relayed);
    if (!match) {
      const request = await maskedRequest(run.redaction, traffic);
      run.redaction.learnCookies(answer?.headers);
      this.#unmatched.add(traffic.method, traffic.path.replace(/\?.*$/s, ""));
      this.#tell(relayed, request.url, undefined, [], ["no operation of the description", ...remarks], false);
      await this.har?.add({ ...whole, request });
      return;
    }
    this.#judged++;
    const { exchange, seen } = await judgeTraffic(run, whole, match, "whole");
    this.#tell(relayed, exchange.request.url, match, seen, remarks, false);
    await this.har?.add(exchange);
  }

  #match({ request }: Relayed): Match | undefined {
    return this.#find(request.method, request.path.replace(/\?.*$/s, ""));
  }

  #tell(
    relayed: Relayed,
    url: string,
    match: Match | undefined,
    seen: readonly Observation[],
    remarks: readonly string[],
    isOpen: boolean,
  ): void {
    const { redaction, settings } = this.run;
    const { started, startMs, answer, request } = relayed;
    this.options.onExchange?.({
      time: started,
      method: request.method,
      path: redaction.request(url.slice(this.options.target.length)) || "/",
      ...(match ? { operationId: match.operation.operationId } : {}),
      ...(answer ? { status: answer.status } : {}),
      durationMs: relayed.durationMs ?? performance.now() - startMs,
      findings: seen.map(({ check, evidence, message, location }) => ({
        check,
        severity: severityOf(VERIFY_CHECKS[check], evidence, settings.strict),
        message: redaction.request(message),
        ...(location === undefined ? {} : { location }),
      })),
      remarks,
      isOpen,
    });
  }

  #report(): VerifyReport {
    const { operations } = this.run.description;
    return trafficReport(this.run, {
      source: "relayed",
      started: this.#started,
      startMs: this.#startMs,
      judged: this.#judged,
      selected: operations,
      leftOut: [],
      unmatched: this.#unmatched,
    });
  }
}

function remarksOn({ end }: Relayed, isRequestWhole: boolean, isCut: boolean, most: number): string[] {
  if (end === "left") return ["the client left"];
  const size = most >= 1024 * 1024 ? `${Math.round(most / 1024 / 1024)} MiB` : `${most} bytes`;
  return [
    ...(isRequestWhole ? [] : [`its body is longer than ${size}, or coded: not judged`]),
    ...(isCut ? [`the answer is longer than ${size}, or coded: not judged`] : []),
  ];
}
