import type { CheckId } from "../../src/testing/index.js";
import type { Send } from "./sweep.js";

/** A mistake of a server, made on purpose. */
export interface Fault {
  /** Completes "a server that …". */
  readonly name: string;
  readonly operationId: string;
  /** What has to be found, and nothing else, in alphabetical order. */
  readonly checks: readonly CheckId[];
  /** Set where the mock answers with an error of its own, so that more is found than the fault itself. */
  readonly andMore?: true;
  /** The header or the part of the body that has to be named. */
  readonly location?: string;
  /** Changes the description that the mock answers by, at the operation or at a component. */
  readonly change?: (at: Edit) => void;
  /** Changes an answer on its way. */
  readonly wire?: (response: Response) => Promise<Response>;
}

/** Reaches into a copy of the description; every step has to exist, so that no fault can quietly do nothing. */
export interface Edit {
  operation(...steps: string[]): Record<string, unknown>;
  component(...steps: string[]): Record<string, unknown>;
}

/** Puts a fault's change of answers between a client and a server. */
export function through(fault: Fault): Send {
  const { wire } = fault;
  return async (request) => {
    const response = await fetch(request);
    return wire ? wire(response) : response;
  };
}
