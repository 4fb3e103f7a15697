import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a server listens. */
export interface Listening {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  origin: string;
  /** The port that was taken. */
  port: number;
  /** The port that was asked for, if it was busy and the next free one was taken instead. */
  busyPort?: number;
  /** Stops listening and closes every connection, also those that are idle or in the middle of an answer. */
  close(): Promise<void>;
}

/**
 * Makes a server listen on 127.0.0.1, and on nothing else.
 *
 * @param server the server, not listening yet.
 * @param port the port to take; 0, the default, lets the system choose a free one.
 * @param attempts how many ports to try, counting upwards from `port`, while the one tried is busy; 20 by default.
 * @throws the system's error (`EADDRINUSE`, `EACCES` …) when no port could be taken.
 */
export async function listen(server: Server, port = 0, attempts = 20): Promise<Listening> {
  for (let candidate = port; ; candidate++) {
    try {
      await bind(server, candidate);
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (busy && candidate - port + 1 < attempts && candidate < 65_535) continue;
      throw error;
    }
    const { port: taken } = server.address() as AddressInfo;
    return {
      origin: `http://127.0.0.1:${taken}`,
      port: taken,
      ...(candidate === port ? {} : { busyPort: port }),
      close: () => close(server),
    };
  }
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
