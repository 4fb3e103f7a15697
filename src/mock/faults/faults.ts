import type { MockedApi } from "../mocked-api.js";
import type { Fault } from "./fault.js";
import { readFault } from "./read-fault.js";
import { readRule } from "./read-rule.js";

/** A request to one operation. */
export interface Faultable {
  api: string;
  operationId: string | undefined;
  /** What tells this request from others: method, path and query. */
  target: string;
  /** The header `Mock-Fault`, if there is one. */
  header: string | undefined;
}

/** Decides which requests go wrong. */
export interface Faults {
  /**
   * The fault of a request: that of its header, else that of the first rule that is for its operation and not used up.
   *
   * @throws FaultError if the header cannot be understood.
   */
  of(request: Faultable): Fault | undefined;
  /**
   * Adds a rule, behind those that are there.
   *
   * @param rule as in `listMemories:429; retry-after=2`.
   * @returns takes it away again.
   * @throws FaultError if it cannot be understood.
   */
  add(rule: string): () => void;
}

/** How many kinds of request with a fault in their header are told apart; the longest unused is forgotten first. */
const remembered = 1000;

/** @param rules to begin with; as for {@link Faults.add}. */
export function createFaults(apis: ReadonlyMap<string, MockedApi>, rules: readonly string[] = []): Faults {
  const added = new Set<{ covers(request: Faultable): boolean; turn: Turn }>();
  const headers = new Map<string, Turn>();

  const faults: Faults = {
    of(request) {
      if (request.header !== undefined) return ofHeader(request.header, request);
      for (const { covers, turn } of added) {
        const fault = covers(request) ? turn.next() : undefined;
        if (fault) return fault;
      }
      return undefined;
    },
    add(text) {
      const { covers, fault } = readRule(text, apis);
      const rule = { covers, turn: new Turn(fault) };
      added.add(rule);
      return () => added.delete(rule);
    },
  };

  /** A client that tries again sends the header again, so equal requests count together. */
  function ofHeader(header: string, { api, target }: Faultable): Fault | undefined {
    const key = `${api} ${target} ${header}`;
    const turn = headers.get(key) ?? new Turn(readFault(header));
    const fault = turn.next();
    headers.delete(key);
    // One that is over begins anew, for the next test that sends the same.
    if (!turn.isOver) headers.set(key, turn);
    if (headers.size > remembered) headers.delete(headers.keys().next().value!);
    return fault;
  }

  for (const rule of rules) faults.add(rule);
  return faults;
}

/** Counts how often a fault has happened, and draws lots. The lots of equal faults are always the same. */
class Turn {
  readonly #fault: Fault;
  #left: number;
  #state: number;
  /** Whether a request has passed since the last time that it could happen. */
  isOver = false;

  constructor(fault: Fault) {
    this.#fault = fault;
    this.#left = fault.times ?? Number.POSITIVE_INFINITY;
    this.#state = [...fault.text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 1);
  }

  next(): Fault | undefined {
    this.isOver = this.#left <= 0;
    if (this.isOver || this.#draw() >= this.#fault.probability) return undefined;
    this.#left--;
    return this.#fault;
  }

  /** A number from 0 to 1, without 1 (the generator Mulberry32). */
  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
