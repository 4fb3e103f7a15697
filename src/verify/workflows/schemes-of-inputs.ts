import type { Description } from "../../testing/index.js";
import { isObject } from "../../testing/json.js";
import { carrierOf } from "../carrier.js";

/**
 * Which inputs of a workflow take which credential: those that are called like a security scheme, and those that stand in a
 * parameter where the credential of one travels, such as `Bearer {$inputs.apiKey}` in `Authorization`.
 */
export function schemesOfInputs({ document }: Description, workflow: unknown): Map<string, string> {
  const schemes = Object.entries(document.components?.securitySchemes ?? {});
  const found = new Map<string, string>();
  for (const { in: place, name, value } of parametersIn(workflow)) {
    for (const [scheme, described] of schemes) {
      const carrier = carrierOf(described, "");
      const isCookie = carrier.in === "cookie" && place === "header" && /^cookie$/i.test(name);
      if (!isCookie && (carrier.in !== place || carrier.name.toLowerCase() !== name.toLowerCase())) continue;
      const before = isCookie ? `${carrier.name}=` : carrier.before;
      const at = value.indexOf(before);
      const input = at < 0 ? undefined : /^\{?\$inputs\.([\w-]+)/.exec(value.slice(at + before.length))?.[1];
      // Of several schemes that use one header, the first one stands for all.
      if (input !== undefined && !found.has(input)) found.set(input, scheme);
    }
  }
  const properties = isObject(workflow) && isObject(workflow.inputs) ? workflow.inputs.properties : {};
  const names = isObject(properties) ? Object.keys(properties) : [];
  for (const [scheme] of schemes) if (names.includes(scheme)) found.set(scheme, scheme);
  return found;
}

function parametersIn(node: unknown): { in: string; name: string; value: string }[] {
  if (Array.isArray(node)) return node.flatMap(parametersIn);
  if (!isObject(node)) return [];
  const { in: place, name, value } = node;
  const own = typeof place === "string" && typeof name === "string" && typeof value === "string";
  return [...(own ? [{ in: place, name, value }] : []), ...Object.values(node).flatMap(parametersIn)];
}
