import type { VerifyReport } from "../verify/report.js";
import type { ProxyEntry } from "./entry.js";

/** How a proxy works. */
export interface ProxyOptions {
  /** The address of the server before the path of an operation. Nothing is sent to anything else. */
  readonly target: string;
  /** The port on 127.0.0.1; 0 by default, for any free one. */
  readonly port?: number;
  /** How many ports to try, counting upwards, while the one tried is busy; 1 by default. */
  readonly attempts?: number;
  /** The file for a recording of everything that passes (HTTP Archive 1.2), without credentials; none by default. */
  readonly har?: string;
  /** Up to this size, in bytes, a body is judged; 8 MiB by default. A longer one is passed, and that is told. */
  readonly judgeUpTo?: number;
  /** Answers that take longer, in milliseconds, are findings; off by default. */
  readonly maxMs?: number;
  /** Make warnings and notes errors. */
  readonly strict?: boolean;
  /** The server asks nobody for a credential, so that answering without one is no finding. */
  readonly noAuth?: boolean;
  /** Told of every exchange when it is over, and of every wrong event of a stream when it comes. */
  readonly onExchange?: (entry: ProxyEntry) => void;
}

/** A proxy that runs. */
export interface RunningProxy {
  /** `http://127.0.0.1:<port>`: where the client is to be pointed at. */
  readonly origin: string;
  readonly port: number;
  /** The port that was asked for, if it was busy and the next free one was taken instead. */
  readonly busyPort?: number;
  /** What has been found so far. */
  report(): VerifyReport;
  /** Ends every connection, completes the recording, and tells what was found in all. */
  close(): Promise<VerifyReport>;
}
