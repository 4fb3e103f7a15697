const vendor = "https://studio.test";

/** Four events, two comments, and an end behind the last event. */
export const songs = [
  'id: s:1\nevent: note\ndata: {"pitch":1}\n\n',
  ": heartbeat\n\n",
  'id: s:2\nevent: note\ndata: {"pitch":2}\n\n',
  'id: s:3\nevent: note\ndata: {"pitch":3}\n\n',
  ": heartbeat\n\n",
  "id: s:4\nevent: end\ndata: bye\n\n",
];

const text = "0123456789abcdef";
const etag = { schema: { type: "string" }, example: 'W/"e1"' };
const wait = { schema: { type: "integer" }, example: 60 };

function bytes(operationId: string, mediaType: string, example?: string): object {
  const content = { [mediaType]: { schema: { contentMediaType: mediaType }, ...(example ? { example } : {}) } };
  return { get: { operationId, responses: { "200": { description: "Bytes", content } } } };
}

/** A description with what Prism cannot serve: streams, bytes and their parts, its own address, webhooks. */
export const studio = {
  openapi: "3.2.0",
  info: { title: "Studio", version: "1.0.0" },
  servers: [{ url: "{scheme}://studio.test/", variables: { scheme: { default: "https" } } }],
  "x-client": { name: "Studio", rateLimit: { retryAfter: "X-Wait" } },
  paths: {
    "/": { get: { operationId: "getHome", responses: { "200": json({ home: true }) } } },
    "/songs": {
      get: {
        operationId: "playSongs",
        parameters: [{ name: "after", in: "query", schema: { type: "string" } }],
        "x-stream": { terminal: ["end"], resume: "after" },
        responses: {
          "200": stream(songs.join("")),
          "429": { ...json({ error: "slow" }), headers: { "X-Wait": wait } },
        },
      },
      post: { operationId: "createSong", responses: { "201": json({ id: 1 }), "400": json({ error: "bad" }) } },
    },
    "/songs/{id}": {
      delete: { operationId: "deleteSong", responses: { "204": { description: "Gone" } } },
    },
    "/endless": { get: { operationId: "playEndlessly", responses: { "200": stream(songs.join("")) } } },
    "/address": {
      get: {
        operationId: "getAddress",
        responses: {
          "200": {
            ...json({ self: vendor, song: `${vendor}/songs?a=${vendor}.`, other: `${vendor}er/x ${vendor}.example` }),
            headers: {
              Link: { schema: { type: "string" }, example: `</songs>; rel="a", </none>; rel="b", <//cdn>; rel="c"` },
              Location: { schema: { type: "string" }, example: "/songs/7" },
            },
          },
        },
      },
    },
    "/session": {
      get: {
        operationId: "openSession",
        responses: {
          "200": stream(`event: endpoint\ndata: /songs/7?key=1\n\ndata: /none\n\ndata: ${vendor}/songs\n\n`),
        },
      },
    },
    "/file": {
      get: {
        operationId: "readFile",
        parameters: [{ name: "Range", in: "header", schema: { type: "string" } }],
        responses: {
          "200": {
            description: "All",
            headers: { ETag: etag, "X-Whole": { schema: { type: "string" }, example: "yes" } },
            content: { "*/*": { schema: { contentMediaType: "application/octet-stream" }, example: text } },
          },
          "206": {
            description: "A part",
            headers: { "Content-Range": { schema: { type: "string" }, example: "bytes 0-3/99" } },
            content: { "*/*": { schema: {}, example: text } },
          },
          "304": { description: "Known", headers: { ETag: etag } },
          "416": { description: "Outside" },
        },
      },
    },
    "/whole": bytes("readWhole", "application/octet-stream", text),
    "/archive": bytes("readArchive", "application/zip"),
    "/sound": bytes("readSound", "audio/mpeg"),
    "/picture": bytes("readPicture", "image/*"),
    "/anything": bytes("readAnything", "*/*"),
    "/paper": bytes("readPaper", "application/pdf"),
    "/font": bytes("readFont", "font/woff2"),
    "/xml": {
      get: {
        operationId: "readXml",
        responses: { "200": { description: "", content: { "application/xml": { schema: { type: "string" } } } } },
      },
    },
  },
  webhooks: {
    "song.created": webhook({ event: "song.created", data: { id: 1 } }),
    "song.deleted": webhook({ event: "song.deleted" }),
    "concert.cancelled": webhook({ event: "concert.cancelled" }),
  },
};

function json(example: unknown) {
  return { description: "", content: { "application/json": { example } } };
}

function stream(serializedValue: string) {
  return { description: "", content: { "text/event-stream": { examples: { all: { serializedValue } } } } };
}

function webhook(example: unknown): object {
  const content = { "application/json": { example } };
  return { post: { requestBody: { content }, responses: { "200": { description: "" } } } };
}
