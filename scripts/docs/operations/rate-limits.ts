import type { Method } from "../../clients/model.js";
import { type ClientFacts, type OpenApiDocument, type Response, resolve } from "../../openapi.js";
import type { Block } from "../content/block.js";

type Limits = NonNullable<ClientFacts["rateLimit"]>;

/** Which headers of an operation tell the state of the rate limit, and what a refusal means. */
export function rateLimitBlocks(document: OpenApiDocument, { placed }: Method, guide: string | undefined): Block[] {
  const limits = document["x-client"]?.rateLimit ?? {};
  const responses = Object.entries(placed.operation.responses ?? {}).map(
    ([status, node]) => [status, resolve<Response>(document, node)] as const,
  );
  const rows = Object.entries(meanings(limits)).flatMap(([member, meaning]) => {
    const header = limits[member as keyof Limits];
    const statuses = responses
      .filter(([, { headers = {} }]) => header !== undefined && header in headers)
      .map(([status]) => status);
    if (header === undefined || statuses.length === 0) return [];
    const isEverywhere = statuses.length === responses.length;
    return [
      [
        `\`${header}\``,
        meaning,
        isEverywhere ? "every answer" : statuses.join(", "),
        `\`rateLimit.${member === "retryAfter" ? "retryAfterMs" : member}\``,
      ],
    ];
  });
  const refused = responses.find(([status]) => status === "429")?.[1];
  if (rows.length === 0 && !refused) return [];
  return [
    { kind: "heading", depth: 2, text: "Rate limits" },
    ...(refused
      ? [
          {
            kind: "prose",
            markdown: `A request over the limit is answered with [429](#status-429). ${refused.description ?? ""}`,
          } as const,
        ]
      : []),
    ...(rows.length > 0 ? [{ kind: "table", head: ["Header", "Tells", "On", "In the client"], rows } as const] : []),
    ...(guide ? [{ kind: "prose", markdown: `More in [the guide](guide:${guide}).` } as const] : []),
  ];
}

function meanings({ resetUnit }: Limits): Record<string, string> {
  return {
    limit: "how many requests are allowed",
    remaining: "how many are left",
    reset:
      resetUnit === "delta-seconds"
        ? "in how many seconds the count begins anew"
        : "when the count begins anew, in seconds since 1970",
    retryAfter: "how long to wait, in seconds",
  };
}
