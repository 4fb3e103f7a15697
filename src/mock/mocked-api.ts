import { createRewrite, type Rewrite } from "./base-url.js";
import { objectOf } from "./json.js";
import { createEngine, type Engine } from "./prism.js";
import type { PrismHttp } from "./prism-modules.js";
import { createRoutes } from "./routes.js";
import { createState, type State } from "./state/state.js";
import { listWebhooks, type Webhook } from "./webhooks/list.js";

/** An API behind the gateway. */
export interface MockedApi {
  /** The name, which is also the prefix of its paths where several APIs are served. */
  name: string;
  /** From the description. */
  title: string;
  version: string;
  engine: Engine;
  match: ReturnType<typeof createRoutes>;
  /** Makes what an answer says of its own address true. */
  rewrite: Rewrite;
  /** The header in which the API tells how many seconds to wait, in lower case; its own, or HTTP's `retry-after`. */
  retryAfterHeader: string;
  webhooks: Webhook[];
  /** What the API keeps; undefined if it answers examples only. */
  state?: State | undefined;
}

/**
 * Makes an API ready to answer; parameters as for {@link createEngine}.
 *
 * @param stateful whether it keeps what is created.
 * @throws TypeError if it shall, and the description's `x-state` makes no sense.
 */
export async function mockApi(
  prism: PrismHttp,
  name: string,
  description: object,
  stateful: boolean,
): Promise<MockedApi> {
  const engine = await createEngine(prism, description);
  const { info, "x-client": client } = objectOf(description);
  const { title = name, version = "" } = objectOf(info);
  const { retryAfter = "Retry-After" } = objectOf(objectOf(client).rateLimit);
  const match = createRoutes(engine.operations);
  return {
    name,
    title: String(title),
    version: String(version),
    engine,
    match,
    rewrite: createRewrite(description, match),
    retryAfterHeader: String(retryAfter).toLowerCase(),
    state: stateful ? createState(description) : undefined,
    webhooks: listWebhooks(
      description,
      engine.operations.flatMap(({ iid }) => iid ?? []),
    ),
  };
}
