import { ownExamples } from "./cases/examples.js";
import type { Description } from "./description.js";
import type { Operation } from "./operation.js";
import type { Place } from "./place.js";

/** An answer that a mock can be asked for. */
export interface DocumentedAnswer {
  /** Readable and unique within the operation: `401, example noCredential`. */
  readonly id: string;
  /** A concrete status; for a range or the default, one that falls under it and under nothing more specific. */
  readonly status: number;
  readonly mediaType?: string;
  /** The key in `examples`; missing for the first or only answer. */
  readonly example?: string;
  readonly place: Place;
}

/** Lists every documented answer of an operation: each status in each media type, and each named example of it. */
export function documentedAnswers({ document }: Description, operation: Operation): DocumentedAnswer[] {
  return operation.responses.flatMap((response): DocumentedAnswer[] => {
    const status = concreteStatus(operation, response.status);
    if (response.content.length === 0) return [{ id: response.status, status, place: response.place }];
    return response.content.flatMap((content): DocumentedAnswer[] => {
      const { mediaType, place } = content;
      const id = response.content.length > 1 ? `${response.status}, ${mediaType}` : response.status;
      const named = ownExamples(document, place).flatMap(({ name, place: at }) =>
        name === undefined ? [] : [{ id: `${id}, example ${name}`, status, mediaType, example: name, place: at }],
      );
      return [{ id, status, mediaType, place }, ...named];
    });
  });
}

function concreteStatus({ responses }: Operation, status: string): number {
  if (/^\d{3}$/.test(status)) return Number(status);
  const taken = new Set(responses.map((response) => response.status.toUpperCase()));
  const first = /^[1-5]XX$/i.test(status) ? Number(status[0]) * 100 : 500;
  const isFree = (candidate: number) =>
    !taken.has(String(candidate)) &&
    (first !== 500 || !taken.has(`${Math.floor(candidate / 100)}XX`) || /XX$/i.test(status));
  return Array.from({ length: 100 }, (_, index) => first + index).find(isFree) ?? first;
}
