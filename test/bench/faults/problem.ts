/** Something that a tool reports. */
export interface Problem {
  /** What it says, the same for the same. */
  readonly text: string;
  /** Whether it is about a request: the verifier sends wrong ones on purpose, so that is no fault of the server. */
  readonly ofRequest: boolean;
}

/** A problem of which a tool says nothing where nothing is wrong. */
export function isNew(problems: readonly Problem[], usual: readonly Problem[]): boolean {
  const known = new Set(usual.map(({ text }) => text));
  return problems.some(({ text }) => !known.has(text));
}
