/** One verb of the command, as a module under `src/cli/` exports it. */
export interface Verb {
  /** What `agent-apis <verb> --help` prints. */
  help: string;
  /**
   * Does it.
   *
   * @param args what follows the verb on the command line.
   * @returns the exit code.
   * @throws UsageError if the arguments are wrong.
   */
  run(args: string[]): Promise<number>;
}

/** The verbs by name. A verb's module is loaded only when it is called, so that the others start fast. */
export const verbs: Record<string, { summary: string; load(): Promise<Verb> }> = {
  mock: {
    summary: "Serve the APIs on this machine, with documented examples as answers",
    load: async () => (await import("./mock.js")).mock,
  },
  proxy: {
    summary: "Stand between a client and a server, and judge what passes",
    load: async () => (await import("./proxy.js")).proxyVerb,
  },
  docs: {
    summary: "Serve the documentation of this version on this machine",
    load: async () => (await import("./docs.js")).docs,
  },
  verify: {
    summary: "Tell where a server differs from the description of an API",
    load: async () => (await import("./verify.js")).verifyVerb,
  },
};
