import type { Case, Operation } from "../../testing/index.js";
import { validCase } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import { type Exchange, succeeded } from "../exchange.js";
import { isLeftOut } from "../left-out.js";
import { type Item, type Resource, resourcesOf } from "../resources.js";
import { aboutOperation, idOf, payloadOf, type Thing, thingIn, thingsIn, withId } from "../things.js";
import type { Task } from "./task.js";

/**
 * What was created can be read and is listed, and after it was deleted neither. Everything that is created here is deleted
 * again, where the API can delete it.
 */
export function lifecycleTasks(run: Run): Task[] {
  if (!run.settings.write) return [];
  const chosen = new Set(run.selected.map(({ operationId }) => operationId));
  const has = (operation: Operation | undefined) => operation !== undefined && chosen.has(operation.operationId);
  return resourcesOf(run.description).flatMap((resource): Task[] => {
    const { create, read, list, remove } = resource;
    if (!create || !has(create) || !(has(read?.operation) || has(list)) || (remove && !has(remove.operation)))
      return [];
    return [{ operationId: create.operationId, priority: 7, run: () => new Lifecycle(run, resource, create).run() }];
  });
}

class Lifecycle {
  readonly #parameter: string;

  constructor(
    private readonly verification: Run,
    private readonly resource: Resource,
    private readonly create: Operation,
  ) {
    this.#parameter = resource.read?.parameter ?? resource.remove?.parameter ?? "id";
  }

  async run(): Promise<void> {
    const { remove } = this.resource;
    const [first, second] = [await this.#create(), await this.#create()];
    if (first === undefined) return this.#undecided("nothing could be created with the documented example");
    if (first.id === second?.id) return this.#undecided("two creations answered the same id, as a mock does");
    await this.#expectThere(first);
    if (!remove) return;
    const deleted = await this.#call(remove, first.id, "delete what was created");
    if (deleted && succeeded(deleted[1])) await this.#expectGone(first.id, remove, deleted);
    if (second !== undefined) await this.#call(remove, second.id, "delete what was created besides");
  }

  async #create(): Promise<{ id: string; thing: Thing } | undefined> {
    const made = await validCase(this.verification, this.create);
    const authorization = authorizationFor(this.verification, this.create);
    if (!made || !authorization) return undefined;
    const exchange = await this.verification.sender.send(made, { label: "create something", authorization });
    if (!succeeded(exchange)) return undefined;
    report(this.verification, this.create, made, exchange, await checkAnswer(this.verification, this.create, exchange));
    const thing = thingIn(payloadOf(exchange, this.verification.facts.payload), this.#parameter);
    const id = thing && idOf(thing, this.#parameter);
    return thing && id !== undefined ? { id, thing } : undefined;
  }

  async #expectThere({ id, thing }: { id: string; thing: Thing }): Promise<void> {
    const { read } = this.resource;
    const got = read && (await this.#call(read, id, "read what was created"));
    const status = got?.[1].answer?.status;
    if (got && read && (status === 404 || status === 410)) {
      const message = `What ${this.create.operationId} has created cannot be read.`;
      const about = aboutOperation(read.operation);
      const seen = {
        ...about,
        check: "list-item-disagree",
        message,
        expected: "2xx",
        received: String(status),
      } as const;
      report(this.verification, read.operation, got[0], got[1], [seen]);
    }
    const listed = await this.#list();
    if (!listed || listed.ids.includes(id) || listed.isPart || isLeftOut(listed.operation, thing)) return;
    const message = `What ${this.create.operationId} has created is not listed.`;
    const seen = { ...aboutOperation(listed.operation), check: "list-item-disagree", message } as const;
    report(this.verification, listed.operation, listed.made, listed.exchange, [seen]);
  }

  async #expectGone(id: string, remove: Item, deleted: [Case, Exchange]): Promise<void> {
    const { read } = this.resource;
    const about = { ...aboutOperation(remove.operation), check: "delete-ineffective" } as const;
    const got = read && (await this.#call(read, id, "read what was deleted"));
    if (got && succeeded(got[1])) {
      const message = "What was deleted can still be read.";
      const detail = { expected: "404 or 410", received: String(got[1].answer?.status) };
      report(this.verification, remove.operation, got[0], got[1], [{ ...about, message, ...detail }]);
      return;
    }
    const listed = await this.#list();
    if (!listed?.ids.includes(id)) return;
    report(this.verification, remove.operation, deleted[0], listed.exchange, [
      { ...about, message: "What was deleted is still listed." },
    ]);
  }

  async #list() {
    const { list: operation } = this.resource;
    const made = operation && (await validCase(this.verification, operation));
    const authorization = operation && authorizationFor(this.verification, operation);
    if (!operation || !made || !authorization) return undefined;
    // Only what is required: a filter in the example could hide what was created.
    const required = new Set(operation.parameters.filter((one) => one.required).map(({ name }) => name));
    const bare = { ...made, query: made.query.filter(({ name }) => required.has(name)) };
    const exchange = await this.verification.sender.send(bare, { label: "list what there is", authorization });
    report(this.verification, operation, bare, exchange, await checkAnswer(this.verification, operation, exchange));
    if (!succeeded(exchange)) return undefined;
    const things = thingsIn(payloadOf(exchange, this.verification.facts.payload), this.#parameter);
    if (!things) return undefined;
    const ids = things.flatMap((thing) => idOf(thing, this.#parameter) ?? []);
    // What is not on this page may be on another one.
    const isPart = operation.operation["x-pagination"] !== undefined && things.length >= 20;
    return { operation, made: bare, exchange, ids, isPart };
  }

  async #call(item: Item, id: string, label: string): Promise<[Case, Exchange] | undefined> {
    const made = await validCase(this.verification, item.operation);
    const authorization = authorizationFor(this.verification, item.operation);
    if (!made || !authorization) return undefined;
    const sent = withId(made, item, id);
    const exchange = await this.verification.sender.send(sent, { label, authorization });
    report(
      this.verification,
      item.operation,
      sent,
      exchange,
      await checkAnswer(this.verification, item.operation, exchange),
    );
    return [sent, exchange];
  }

  #undecided(reason: string): void {
    this.verification.undecided.push({
      operationId: this.create.operationId,
      label: `create and delete ${this.resource.name}`,
      reason,
    });
  }
}
