import type { Description, Operation } from "../testing/index.js";

/** Operations on one kind of thing, told by their paths. */
export interface Resource {
  /** The path of the list, such as `/api/v1/memories`. */
  readonly name: string;
  readonly create?: Operation;
  readonly list?: Operation;
  readonly read?: Item;
  readonly remove?: Item;
}

/** An operation on one thing, and what takes the id of that thing. */
export interface Item {
  readonly operation: Operation;
  readonly in: "path" | "query" | "body";
  readonly parameter: string;
}

const NEW = /\/(new|create|add)$/;
const GONE = /\/(delete|remove)$/;

/**
 * Finds the things that an API keeps: `POST /x`, `GET /x`, `GET /x/{id}` and `DELETE /x/{id}`, or as remote procedures
 * `POST /x/new` (or `/create`), `GET /x?x_id=` and `POST /x/delete`.
 */
export function resourcesOf({ operations }: Description): Resource[] {
  const at = (method: string, path: string) => operations.find((one) => one.method === method && one.path === path);
  const names = new Set(
    operations.flatMap(({ path }) =>
      path
        .replace(/\/\{[^}]+\}$/, "")
        .replace(NEW, "")
        .replace(GONE, ""),
    ),
  );
  return [...names].flatMap((name): Resource[] => {
    const below = (method: string) => {
      const found = operations.find((one) => one.method === method && isBelow(name, one.path));
      return found && pathItem(found);
    };
    const create =
      at("POST", name) ?? at("POST", `${name}/new`) ?? at("POST", `${name}/create`) ?? at("POST", `${name}/add`);
    const single = at("GET", name);
    const read = below("GET") ?? (single && byId(single, "query"));
    const gone = at("POST", `${name}/delete`) ?? at("POST", `${name}/remove`);
    const remove = below("DELETE") ?? (gone && byId(gone, "body"));
    const many = single && read?.operation !== single ? single : at("GET", `${name}s`);
    const resource = {
      name,
      ...(create ? { create } : {}),
      ...(many ? { list: many } : {}),
      ...(read ? { read } : {}),
      ...(remove ? { remove } : {}),
    };
    const useful = (read && (many || create)) || (create && remove && many);
    return useful ? [resource] : [];
  });
}

function isBelow(name: string, path: string): boolean {
  return path.startsWith(`${name}/`) && /^\{[^}]+\}$/.test(path.slice(name.length + 1));
}

function pathItem(operation: Operation): Item {
  return { operation, in: "path", parameter: /\{([^}]+)\}$/.exec(operation.path)?.[1] ?? "id" };
}

/** A remote procedure takes the id as its one required parameter or member that is called like an id. */
function byId(operation: Operation, where: "query" | "body"): Item | undefined {
  if (where === "query") {
    const found = operation.parameters.find(
      (one) => one.in === "query" && one.required && /(^|_)id$|Id$/.test(one.name),
    );
    return found && { operation, in: "query", parameter: found.name };
  }
  const schema = operation.requestBody?.content[0]?.schema?.value;
  const required = typeof schema === "object" ? (schema.required ?? []) : [];
  const name = required.find((one) => /(^|_)id$|Id$/.test(one));
  return name === undefined ? undefined : { operation, in: "body", parameter: name };
}
