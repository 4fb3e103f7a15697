import { type Fault, FaultError, type FaultKind } from "./fault.js";

type Parameter = "after" | "delay" | "probability" | "retry-after" | "times";

const kinds: Record<FaultKind, readonly Parameter[]> = {
  status: ["retry-after", "delay", "times", "probability"],
  delay: ["times", "probability"],
  stall: ["after", "delay", "times", "probability"],
  cut: ["after", "delay", "times", "probability"],
  malformed: ["after", "delay", "times", "probability"],
  reset: ["delay", "times", "probability"],
};

/** How a fault is written, for messages. */
export const faultForms = "429 or another status from 400 to 599, delay=<ms>, stall, cut, malformed, reset";

/** The longest delay, in milliseconds, that a timer takes. */
const maxDelay = 2 ** 31 - 1;

/**
 * Reads a fault: its kind, then its parameters, with semicolons between, as in `429; retry-after=2; times=1`.
 *
 * @throws FaultError if there is no such kind, or a parameter that the kind does not have, or a wrong value.
 */
export function readFault(text: string): Fault {
  const [first = "", ...rest] = text.split(";").map((part) => part.trim());
  const { kind, ...values } = readKind(first);
  const fault: Fault = { kind, delayMs: 0, probability: 1, text, ...values };
  for (const part of rest.filter((one) => one !== "")) {
    const [name, value] = readPair(part);
    if (!(kinds[kind] as readonly string[]).includes(name)) {
      const known = kinds[kind];
      throw new FaultError(
        `The fault "${first}" has no parameter "${name}"; it may have ${known.join(", ")}.`,
        name,
        known,
      );
    }
    setters[name as Parameter](fault, value);
  }
  return fault;
}

function readKind(first: string): Partial<Fault> & { kind: FaultKind } {
  if (/^\d+$/.test(first)) {
    if (!/^[45]\d\d$/.test(first)) throw new FaultError(`A fault's status is from 400 to 599; it is ${first}.`);
    return { kind: "status", status: Number(first) };
  }
  const [name, value] = readPair(first);
  if (name === "delay") return { kind: "delay", delayMs: readInteger("delay", value, maxDelay) };
  const known = Object.keys(kinds).filter((kind) => kind !== "status");
  if (!known.includes(name) || value !== undefined) {
    throw new FaultError(`There is no fault "${first}". The faults are: ${faultForms}.`, name, known);
  }
  return { kind: name as FaultKind };
}

function readPair(part: string): [name: string, value?: string] {
  const at = part.indexOf("=");
  return at < 0 ? [part.toLowerCase()] : [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
}

const setters: Record<Parameter, (fault: Fault, value: string | undefined) => void> = {
  after: (fault, value) => {
    fault.after = readInteger("after", value);
  },
  delay: (fault, value) => {
    fault.delayMs = readInteger("delay", value, maxDelay);
  },
  probability: (fault, value = "") => {
    const probability = Number(value);
    if (value === "" || !(probability > 0 && probability <= 1)) {
      throw new FaultError(`A fault's probability is above 0 and at most 1; it is "${value}".`);
    }
    fault.probability = probability;
  },
  "retry-after": (fault, value) => {
    fault.retryAfter = readInteger("retry-after", value);
  },
  times: (fault, value) => {
    fault.times = readInteger("times", value);
    if (fault.times === 0) throw new FaultError("A fault's times is at least 1; it is 0.");
  },
};

function readInteger(name: string, value = "", max = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= max) return number;
  throw new FaultError(`A fault's ${name} is a whole number; it is "${value}".`);
}
