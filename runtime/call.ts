import type { ApiDescriptor, OperationDescriptor } from "./descriptors.js";
import type { CallArguments } from "./options.js";

/** The values that a client's constructor was given for all its calls. */
export type ClientDefaults = Readonly<Record<string, string | undefined>>;

/** The arguments of a call in the places that they are sent in. @internal */
export interface PlacedArguments {
  readonly params: { readonly path: Record<string, unknown>; readonly query: Record<string, unknown> };
  readonly headers: Readonly<Record<string, string | null>>;
  /** Any JSON value, or the fields of a form; absent: no body is sent. */
  readonly body?: unknown;
}

/**
 * Sorts the arguments of a call into path, query, headers and body, and fills in what the constructor was given. The caller's
 * objects are not changed.
 *
 * @throws a `TypeError` for a value that neither the call nor the constructor was given.
 */
export function placeArguments(
  api: ApiDescriptor,
  operation: OperationDescriptor,
  args: CallArguments,
  defaults: ClientDefaults,
): PlacedArguments {
  const hasFields = operation.body === "json" || operation.body === "form";
  const path = definedMembers(args.path);
  const query: Record<string, unknown> = {};
  const headers: Record<string, string | null> = {};
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definedMembers(args.params))) {
    const header = operation.headers && Object.hasOwn(operation.headers, name) ? operation.headers[name] : undefined;
    const inQuery = !hasFields || operation.query?.includes(name);
    if (header !== undefined) headers[header] = value === null ? null : String(value);
    else (inQuery ? query : body)[name] = value;
  }
  for (const [name, { in: place, option, optional }] of Object.entries(operation.defaults ?? {})) {
    const target = { path, query, body }[place];
    if (target[name] !== undefined) continue;
    const value = defaults[option];
    if (value !== undefined) target[name] = value;
    else if (!optional) {
      throw new TypeError(
        `${operation.id} needs \`${name}\`. Give it in the call, or once for all calls: new ${api.name}({ ${option}: … }).`,
      );
    }
  }
  const placed = { params: { path, query }, headers };
  if (operation.body === "whole") return args.body === undefined ? placed : { ...placed, body: args.body };
  const hasBody = hasFields && (args.params !== undefined || Object.keys(body).length > 0);
  return hasBody ? { ...placed, body } : placed;
}

function definedMembers(object: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== undefined));
}
