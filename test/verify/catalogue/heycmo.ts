import {
  answering,
  type CatalogueFault,
  changing,
  header,
  json,
  overlooking,
  overlookingBody,
  replacing,
  status,
  success,
  text,
  withStatus,
} from "./fault.js";

const base = { api: "heycmo" } as const;

/** Mistakes of a server that claims to be HeyCMO. */
export const HEYCMO_FAULTS: readonly CatalogueFault[] = [
  {
    ...base,
    name: "reports a health that nobody knows",
    only: ["getHealth"],
    checks: ["response-body"],
    location: "/status",
    handle: json((body) => {
      body.status = 1;
    }),
  },
  {
    ...base,
    name: "counts in words",
    only: ["scanUrl"],
    checks: ["response-body"],
    location: "/seoScore",
    handle: json((body) => {
      body.seoScore = "82";
    }),
  },
  {
    ...base,
    name: "forgets a header that protects",
    only: ["getHealth"],
    checks: ["response-header-missing"],
    location: "X-Frame-Options",
    handle: header("x-frame-options", undefined),
  },
  {
    ...base,
    name: "calls XML a page",
    only: ["getSitemap"],
    checks: ["response-media-type"],
    handle: header("content-type", "text/html"),
  },
  {
    ...base,
    name: "sends a body with a status that has none",
    only: ["sendMcpMessage"],
    checks: ["response-body-unexpected"],
    handle: status(202),
  },
  {
    ...base,
    name: "asks to come back in a while",
    only: ["getHealth"],
    checks: ["retry-after"],
    location: "Retry-After",
    options: { answers: true },
    handle: header("retry-after", "in a while", withStatus(429)),
  },
  {
    ...base,
    name: "names an event that nobody knows",
    only: ["openMcpStream"],
    checks: ["response-event-undocumented"],
    location: "/event",
    handle: text((body) => `${body.trimEnd()}\n\nevent: surprise\ndata: {}\n\n`),
  },
  {
    ...base,
    name: "serves whoever comes without a credential",
    only: ["getCustomer"],
    checks: ["authentication-not-enforced"],
    handle: overlooking((asked) => ({ ...asked, headers: { authorization: "Bearer anyone", ...asked.headers } })),
  },
  {
    ...base,
    name: "serves a stream without the token in the query",
    only: ["openMcpStream"],
    checks: ["authentication-not-enforced"],
    handle: overlooking((asked) => ({
      ...asked,
      url: asked.url.includes("token=") ? asked.url : `${asked.url}?token=anyone`,
    })),
  },
  {
    ...base,
    name: "shows the key of a checkout again with the customer",
    only: ["getSession", "getCustomer"],
    checks: ["secret-returned-again"],
    options: { concurrency: 1 },
    handle: changing((answer, { url }) =>
      url.startsWith("/api/customer/")
        ? {
            ...answer,
            body: Buffer.from('{"key":"hcmo_live_4f9a1c7be2d8530694ab6f1e0c3d7258b17e9d40f6a2c5837d1b04e8a95f3c62"}'),
          }
        : answer,
    ),
  },
  {
    ...base,
    name: "leaves the text out of an error",
    only: ["createCheckout"],
    checks: ["error-body"],
    handle: json((body) => {
      delete body.error;
    }, withStatus(400)),
  },
  {
    ...base,
    name: "refuses what is documented",
    only: ["scanUrl"],
    checks: ["request-rejected"],
    handle: answering(400, () => true),
  },
  {
    ...base,
    name: "takes any text for a URL",
    only: ["scanUrl"],
    checks: ["request-accepted"],
    handle: overlookingBody((body) => {
      if (typeof body.url === "string") body.url = "https://example.com";
    }),
  },
  {
    ...base,
    name: "is broken behind its gateway",
    only: ["getPublicStatus"],
    checks: ["server-error"],
    handle: changing((answer) => ({
      ...answer,
      status: 502,
      headers: { "content-type": "text/html" },
      body: Buffer.from("<h1>Bad gateway</h1>"),
    })),
  },
  {
    ...base,
    name: "has moved without a word",
    only: ["getHome"],
    checks: ["response-status"],
    handle: changing((answer) => ({ ...answer, status: 301, headers: { location: "/home" }, body: Buffer.alloc(0) })),
  },
  {
    ...base,
    name: "accepts GET where only POST is documented",
    only: ["createCheckout"],
    checks: ["method-accepted"],
    handle: async (asked, forward) =>
      asked.method === "GET" && asked.url === "/api/checkout"
        ? { status: 200, headers: { "content-type": "text/html" }, body: Buffer.from("<h1>Checkout</h1>") }
        : forward(asked),
  },
  {
    ...base,
    name: "calls a bad request too early",
    only: ["createCheckout"],
    checks: ["response-status"],
    handle: changing((answer) => ({ ...answer, status: 425 }), withStatus(400)),
  },
  {
    ...base,
    name: "fails where it should answer",
    only: ["getConnections"],
    checks: ["server-error"],
    handle: replacing("heycmo", "getConnections", 500, success),
  },
];
