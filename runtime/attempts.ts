const counts = new WeakMap<Response, number>();

/**
 * How often the request was sent that an answer belongs to; for middleware, and for what `withResponse()` gives. Errors
 * have the number as `attempts`.
 *
 * @returns `undefined` for an answer that comes from elsewhere, such as one that middleware made up.
 */
export function attemptsOf(response: Response): number | undefined {
  return counts.get(response);
}

/** @internal */
export function countAttempts(response: Response, attempts: number): Response {
  counts.set(response, attempts);
  return response;
}
