import type { Description, Operation } from "../../testing/index.js";
import { pointerTo } from "../../testing/json.js";
import { carrierOf } from "../carrier.js";
import type { Observation } from "../finding.js";
import type { Sent } from "./sent.js";

/** Query parameters that the description does not know: something that a client relies on without a promise. */
export function undocumentedParameters({ document }: Description, operation: Operation, sent: Sent): Observation[] {
  const { operationId, parameters, place } = operation;
  if (parameters.some((one) => one.in === "querystring")) return [];
  const schemes = Object.values(document.components?.securitySchemes ?? {}).map((scheme) => carrierOf(scheme, ""));
  const known = new Set(
    [...parameters, ...schemes].filter((one) => one.in === "query").map(({ name }) => name.replace(/\[.*$/, "")),
  );
  const names = new Set(sent.query.map(([name]) => name.replace(/\[.*$/, "")));
  return [...names]
    .filter((name) => !known.has(name))
    .map((name) => ({
      check: "request-parameter-undocumented",
      operationId,
      pointer: pointerTo(place.pointer, "parameters"),
      evidence: place.evidence,
      message: `The query parameter ${name} is not documented.`,
      location: name,
    }));
}
