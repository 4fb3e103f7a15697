import type { Answered, Asked, Forward, Handle } from "./proxy.js";

/** Where an API keeps one kind of thing, and how its answers show it. */
export interface ShelfKind {
  readonly create: string;
  readonly list: string;
  readonly read?: string;
  readonly remove: string;
  /** The name of the id, in things and in the bodies that name one. */
  readonly id: string;
  /** The member that holds one thing, and those that hold the list of them. */
  readonly thing: string;
  readonly items: readonly string[];
  /** Whether deleting does nothing, which is a mistake. */
  readonly keepsDeleted?: boolean;
}

/** The memories of HeroBrain. */
export const MEMORIES: ShelfKind = {
  create: "POST /api/v1/memories",
  list: "GET /api/v1/memories",
  read: "GET /api/v1/memories/",
  remove: "DELETE /api/v1/memories/",
  id: "id",
  thing: "data",
  items: ["data", "memories"],
};

/** The projects of Hermes, which are made and deleted by remote procedures. */
export const PROJECTS: ShelfKind = {
  create: "POST /api/projects/create",
  list: "GET /api/projects",
  remove: "POST /api/projects/delete",
  id: "project_id",
  thing: "project",
  items: ["projects"],
};

// biome-ignore lint/suspicious/noExplicitAny: whatever the mock answers.
type Thing = Record<string, any>;

/**
 * A server that remembers: the mock judges and answers the requests, this puts the right things into its answers. Starts
 * with five things, so that there are pages.
 */
export function shelf(kind: ShelfKind): Handle {
  const things = new Map<string, Thing>();
  let next = 0xabc000;
  return async (asked, forward) => {
    const path = asked.url.split("?")[0] ?? "";
    const called = `${asked.method} ${path}`;
    if (things.size === 0 && next === 0xabc000)
      await seed(kind, asked, forward, () => `${(next++).toString(16)}def456`, things);
    const answer = await forward(asked);
    if (answer.status >= 300) return answer;
    const body = JSON.parse(answer.body.toString("utf8"));
    const say = (): Answered => ({ ...answer, body: Buffer.from(JSON.stringify(body)) });
    if (called === kind.create) {
      const id = `${(next++).toString(16)}def456`;
      body[kind.thing] = { ...body[kind.thing], ...shared(body[kind.thing], parsed(asked.body)), [kind.id]: id };
      things.set(id, body[kind.thing]);
      return say();
    }
    if (called === kind.list) return fill(kind, body, [...things.values()], asked) ? say() : answer;
    const id = kind.remove.startsWith("DELETE") ? path.split("/").at(-1) : parsed(asked.body)[kind.id];
    const isRead = kind.read !== undefined && called.startsWith(kind.read);
    const isRemove = called.startsWith(kind.remove);
    const changed = kind.read === undefined ? undefined : things.get(path.split("/").at(-1) ?? "");
    if (changed && !isRead && !isRemove) {
      body[kind.thing] = { ...body[kind.thing], [kind.id]: changed[kind.id] };
      return say();
    }
    if (!isRead && !isRemove) return answer;
    const thing = things.get(String(id));
    if (!thing) return notFound(asked, forward);
    if (isRemove && !kind.keepsDeleted) things.delete(String(id));
    if (isRead) body[kind.thing] = thing;
    return say();
  };
}

/** The documented 404, or where none is documented the answer to a bad request. */
async function notFound(asked: Asked, forward: Forward): Promise<Answered> {
  const ask = (code: number) =>
    forward({ ...asked, headers: { ...asked.headers, prefer: `code=${code}`, accept: "*/*" } });
  const answer = await ask(404);
  return answer.headers["content-type"] === "application/problem+json" ? ask(400) : answer;
}

/** The things there are at first: copies of the one that the mock lists. */
async function seed(kind: ShelfKind, asked: Asked, forward: Forward, id: () => string, things: Map<string, Thing>) {
  const tenant = new URL(asked.url, "http://x").search || "?tenantId=user_12345";
  const headers = { authorization: "Bearer placeholder", cookie: "hermes_session=placeholder" };
  const [method = "", path = ""] = kind.list.split(" ");
  const body = JSON.parse((await forward({ method, url: path + tenant, headers, body: "" })).body.toString("utf8"));
  const [example] = reach(body, kind.items) ?? [];
  for (let count = 0; example && count < 5; count++) {
    const made = id();
    things.set(made, { ...example, [kind.id]: made });
  }
}

function fill(kind: ShelfKind, body: Thing, all: Thing[], { url }: Asked): boolean {
  const query = new URL(url, "http://x").searchParams;
  const limit = Number(query.get("limit") ?? all.length) || 1;
  const page = Number(query.get("page") ?? 1);
  const items = reach(body, kind.items);
  if (!items) return false;
  const [example] = items;
  // A list shows the members that its example shows, and no others.
  const shown = all.slice((page - 1) * limit, page * limit).map((thing) => shared(example ?? thing, thing));
  items.splice(0, items.length, ...shown);
  const { pagination } = body.data ?? {};
  if (pagination) {
    const pages = Math.ceil(all.length / limit);
    Object.assign(pagination, { page, limit, total: all.length, pages, hasNext: page < pages, hasPrevious: page > 1 });
  }
  return true;
}

function reach(body: Thing, path: readonly string[]): Thing[] | undefined {
  return path.reduce<Thing | undefined>((here, step) => here?.[step], body) as Thing[] | undefined;
}

/** Of the second, what the first has as well. */
function shared(first: Thing, second: Thing): Thing {
  return Object.fromEntries(Object.entries(second).filter(([name]) => Object.hasOwn(first, name)));
}

function parsed(body: string): Thing {
  return body === "" ? {} : JSON.parse(body);
}
