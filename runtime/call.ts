import type { ApiDescriptor, OperationDescriptor } from "./descriptors.js";
import type { CallArguments } from "./options.js";

/** The values that a client's constructor was given for all its calls. */
export type ClientDefaults = Readonly<Record<string, string | undefined>>;

/** The arguments of a call in the places that they are sent in. @internal */
export interface PlacedArguments {
  readonly params: { readonly path: Record<string, unknown>; readonly query: Record<string, unknown> };
  readonly body?: Record<string, unknown>;
}

/**
 * Sorts the arguments of a call into path, query and body, and fills in what the constructor was given. The caller's
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
  const path = definedMembers(args.path);
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definedMembers(args.params))) {
    const inQuery = operation.body === undefined || operation.query?.includes(name);
    (inQuery ? query : body)[name] = value;
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
  const hasBody = operation.body !== undefined && (args.params !== undefined || Object.keys(body).length > 0);
  return { params: { path, query }, ...(hasBody ? { body } : {}) };
}

function definedMembers(object: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== undefined));
}
