import { randomBytes } from "node:crypto";
import { createServer, request } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { startRelay } from "../../src/proxy/relay.js";
import { listen } from "../../src/server/listen.js";
import { bytesOf, hashOf, relaying, send, sendBytes, serving, signal } from "./servers.js";

describe("a stream", () => {
  test("passes piece by piece: the first event comes while the server waits for the client to have it", async () => {
    const read = signal();
    await relaying(
      async (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: first\n\n");
        // Would wait for ever, were the first event held back until there is more.
        await read.given;
        response.end("data: last\n\n");
      },
      async ({ origin }) => {
        const reader = (await fetch(`${origin}/events`)).body?.getReader();
        const text = async () => new TextDecoder().decode((await reader?.read())?.value);
        expect(await text()).toBe("data: first\n\n");
        read.give();
        expect(await text()).toBe("data: last\n\n");
      },
    );
  });

  test("has its headers passed on before there is a body", async () => {
    await relaying(
      (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.flushHeaders();
      },
      async ({ origin }) => {
        const stop = new AbortController();
        const response = await fetch(`${origin}/events`, { signal: stop.signal });
        expect(response.headers.get("content-type")).toBe("text/event-stream");
        stop.abort();
      },
    );
  });

  test("that the client leaves is ended at the server", async () => {
    const left = signal();
    await relaying(
      (_request, response) => {
        response.on("close", left.give);
        response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
      },
      async ({ origin, passed }) => {
        const stop = new AbortController();
        const response = await fetch(`${origin}/events`, { signal: stop.signal });
        await response.body?.getReader().read();
        stop.abort();
        await left.given;
        expect(passed.map(({ end }) => end)).toEqual(["left"]);
      },
    );
  });

  test("that the server breaks off breaks off at the client, and does not look complete", async () => {
    await relaying(
      (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: 1\n\n", () => response.destroy());
      },
      async ({ origin, passed }) => {
        await expect(fetch(`${origin}/events`).then((response) => response.text())).rejects.toThrow();
        expect(passed.map(({ end }) => end)).toEqual(["broken"]);
      },
    );
  });
});

describe("a body", () => {
  test("of 20 MB is uploaded byte for byte, and only the beginning of it is kept", async () => {
    const upload = randomBytes(20 * 1024 * 1024);
    await relaying(
      async (incoming, response) => response.end(hashOf(await bytesOf(incoming))),
      async ({ origin, passed }) => {
        const { body } = await send(`${origin}/upload`, { method: "POST" }, upload);
        expect(body.toString()).toBe(hashOf(upload));
        const [{ request: sent } = expect.fail()] = passed;
        expect([sent.body.length, sent.body.bytes.length, sent.body.isWhole]).toEqual([upload.length, 65_536, false]);
      },
      { keep: 65_536 },
    );
  });

  test("is taken from the client no faster than the server takes it", async () => {
    let written = 0;
    const full = signal();
    const go = signal();
    await relaying(
      async (incoming, response) => {
        incoming.pause();
        await go.given;
        response.end(String((await bytesOf(incoming)).length));
      },
      async ({ origin }) => {
        const piece = Buffer.alloc(65_536);
        const total = 64 * 1024 * 1024;
        const answer = new Promise<string>((resolve) => {
          const sent = request(`${origin}/upload`, { method: "POST", agent: false }, async (got) =>
            resolve((await bytesOf(got)).toString()),
          );
          const write = () => {
            while (written < total) {
              written += piece.length;
              if (!sent.write(piece)) {
                // The client is held up; if that lasts, so does the proxy.
                const held = setTimeout(full.give, 300);
                return void sent.once("drain", () => {
                  clearTimeout(held);
                  write();
                });
              }
            }
            full.give();
            sent.end();
          };
          write();
        });
        await full.given;
        // What the sockets of two connections hold.
        expect(written).toBeLessThan(total / 2);
        go.give();
        expect(await answer).toBe(String(total));
      },
    );
  });

  test("that is compressed, or a part of a file, comes as it was, with its headers", async () => {
    const bytes = gzipSync(randomBytes(100_000));
    await relaying(
      (_request, response) => {
        response.writeHead(206, {
          "Content-Type": "application/octet-stream",
          "Content-Encoding": "gzip",
          "Content-Range": `bytes 0-${bytes.length - 1}/${bytes.length}`,
          "Content-Length": bytes.length,
        });
        response.end(bytes);
      },
      async ({ origin }) => {
        const { status, headers, body } = await send(`${origin}/file`);
        expect(status).toBe(206);
        expect(hashOf(body)).toBe(hashOf(bytes));
        expect(headers).toMatchObject({
          "content-encoding": "gzip",
          "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}`,
          "content-length": String(bytes.length),
        });
      },
    );
  });

  test("is sent in pieces with trailers behind it, if the server does so", async () => {
    await relaying(
      (_request, response) => {
        response.writeHead(200, { trailer: "X-Checksum" });
        response.write("body");
        response.addTrailers({ "X-Checksum": "abc" });
        response.end();
      },
      async ({ origin }) => {
        const { body, trailers } = await send(`${origin}/`);
        expect([body.toString(), trailers["x-checksum"]]).toEqual(["body", "abc"]);
      },
    );
  });

  test.each([true, false])(
    "is asked for only when the server asks for it, if the client waits: %s",
    async (isWanted) => {
      const server = createServer((incoming, response) => {
        incoming.resume().on("end", () => response.end("taken"));
      });
      server.on("checkContinue", (incoming, response) => {
        if (!isWanted) return void response.writeHead(413).end("refused");
        response.writeContinue();
        server.emit("request", incoming, response);
      });
      const listening = await listen(server);
      const { origin: target } = listening;
      const relay = await startRelay({ target, port: 0, keep: 1000, redirects: "pass", onEnd: () => {} });
      const headers = { "Content-Length": "4", Expect: "100-continue" };
      let asked = false;
      const answer = await new Promise<string>((resolve) => {
        const sent = request(`${relay.origin}/`, { method: "POST", headers, agent: false });
        sent.on("continue", () => {
          asked = true;
          sent.end("body");
        });
        sent.on("response", async (got) => resolve((await bytesOf(got)).toString()));
        sent.on("error", () => {});
        sent.flushHeaders();
      });
      await relay.close();
      await listening.close();
      expect([asked, answer]).toEqual(isWanted ? [true, "taken"] : [false, "refused"]);
    },
  );

  test.each(["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "%s without a body has none",
    async (method) => {
      await relaying(
        async (incoming, response) => {
          const length = (await bytesOf(incoming)).length;
          response.writeHead(200, { "X-Got": `${incoming.method} ${length}` }).end();
        },
        async ({ origin }) => {
          const { headers, body } = await send(`${origin}/`, { method });
          expect([headers["x-got"], body.length]).toEqual([`${method} 0`, 0]);
        },
      );
    },
  );
});

describe("header fields", () => {
  test("go to the server as they are, but for those of the connection, and Host is the server's", async () => {
    await relaying(
      (incoming, response) => response.end(JSON.stringify(incoming.rawHeaders)),
      async ({ origin, target }) => {
        const headers = {
          "X-Custom": ["one", "two"],
          Connection: "close, X-Hop",
          "X-Hop": "gone",
          "Keep-Alive": "timeout=5",
          TE: "trailers",
          "Proxy-Authorization": "Basic eDp5",
          Upgrade: "h2c",
          Authorization: "Bearer kept",
        };
        const raw: string[] = JSON.parse((await send(`${origin}/`, { headers })).body.toString());
        const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1]]] : []));
        expect(pairs).toEqual(
          expect.arrayContaining([
            ["Host", new URL(target).host],
            ["X-Custom", "one"],
            ["X-Custom", "two"],
            ["Authorization", "Bearer kept"],
          ]),
        );
        const names = pairs.map(([name]) => String(name).toLowerCase());
        for (const name of ["x-hop", "te", "proxy-authorization", "upgrade", "x-forwarded-for", "forwarded", "via"]) {
          expect(names).not.toContain(name);
        }
      },
    );
  });

  test("come back as they are, each of several of one name", async () => {
    await relaying(
      (_request, response) => {
        response.sendDate = false;
        response.writeHead(200, "Fine", ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-CaSe", "caf\xe9"]);
        // With a text behind them, Node.js would write them in UTF-8.
        response.end(Buffer.from("x"));
      },
      async ({ origin }) => {
        const { rawHeaders, headers } = await send(`${origin}/`);
        expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
        expect(rawHeaders).toContain("X-CaSe");
        expect(headers["x-case"]).toBe("caf\xe9");
        expect(headers.date).toBeUndefined();
      },
    );
  });
});

describe("a redirect", () => {
  const locations = async (location: (origin: string) => string, prefix = "", redirects?: "pass" | "withhold") => {
    let own = "";
    return relaying(
      (_request, response) => response.writeHead(302, { location: location(own) }).end(),
      async ({ origin, target }) => {
        own = new URL(target).origin;
        const { headers } = await send(`${origin}/a`);
        return headers.location?.replace(origin, "PROXY").replace(own, "SERVER");
      },
      { prefix, ...(redirects ? { redirects } : {}) },
    );
  };

  test("within the server leads through the proxy, also where the API stands below a path", async () => {
    expect(await locations((own) => `${own}/b?x=1#y`)).toBe("PROXY/b?x=1#y");
    expect(await locations(() => "/b")).toBe("/b");
    expect(await locations((own) => `${own}/api/b`, "/api")).toBe("PROXY/b");
    expect(await locations(() => "/api/b", "/api")).toBe("PROXY/b");
    expect(await locations(() => "b", "/api")).toBe("PROXY/b");
  });

  test("elsewhere is passed on as it is, also to what only begins like the server", async () => {
    expect(await locations(() => "https://elsewhere.test/x")).toBe("https://elsewhere.test/x");
    expect(await locations((own) => `${own}/apis/b`, "/api")).toBe("SERVER/apis/b");
  });

  test("is withheld from a client that would follow it", async () => {
    expect(await locations(() => "https://elsewhere.test/x", "", "withhold")).toBeUndefined();
  });
});

test("Origin and Referer of a page that came through the proxy name the server", async () => {
  await relaying(
    ({ headers }, response) => response.end(JSON.stringify([headers.origin, headers.referer])),
    async ({ origin, target }) => {
      const headers = { Origin: origin, Referer: `${origin}/page?x` };
      expect(JSON.parse((await send(`${origin}/`, { headers })).body.toString())).toEqual([target, `${target}/page?x`]);
      const foreign = { Origin: "https://foreign.test", Referer: "https://foreign.test/" };
      const kept = JSON.parse((await send(`${origin}/`, { headers: foreign })).body.toString());
      expect(kept).toEqual(["https://foreign.test", "https://foreign.test/"]);
    },
  );
});

describe("nothing is sent to anything but the target", () => {
  test("a request for another host, as to a forward proxy, is refused and goes nowhere", async () => {
    let strangers = 0;
    await serving(
      (_request, response) => {
        strangers++;
        response.end();
      },
      async (stranger) =>
        relaying(
          (_request, response) => response.end("the target"),
          async ({ origin, passed }) => {
            const asked = `GET ${stranger.origin}/x HTTP/1.1\r\nHost: ${new URL(stranger.origin).host}\r\nConnection: close\r\n\r\n`;
            expect(await sendBytes(origin, asked)).toMatch(/^HTTP\/1\.1 421 /);
            expect(passed).toEqual([]);
          },
        ),
    );
    expect(strangers).toBe(0);
  });

  test.each(["//elsewhere.test/x", "/../x", "/a//b", "/%2e%2e/x", "/a?b=c&d=%20#"])(
    "%s stays a path of the target",
    async (path) => {
      await relaying(
        (incoming, response) => response.end(incoming.url),
        async ({ origin }) => {
          const asked = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
          expect(await sendBytes(origin, asked)).toContain(path);
        },
      );
    },
  );
});

describe("a target that does not answer", () => {
  test("is answered for with 502, which says why", async () => {
    const gone = await serving(
      () => {},
      async ({ origin }) => origin,
    );
    const relay = await startRelay({ target: gone, port: 0, keep: 1000, redirects: "pass", onEnd: () => {} });
    const { status, body } = await send(`${relay.origin}/x`, { method: "POST" }, "{}");
    await relay.close();
    expect(status).toBe(502);
    expect(body.toString()).toBe(
      `agent-apis proxy got no answer from ${gone}. The connection failed: the connection is refused.\n`,
    );
  });

  test("but had only closed an idle connection is asked again, without the client noticing", async () => {
    const sockets = new Set<import("node:net").Socket>();
    const server = createServer((incoming, response) => {
      sockets.add(incoming.socket);
      response.end("fine");
    });
    server.keepAliveTimeout = 60_000;
    const listening = await listen(server);
    const relay = await startRelay({
      target: listening.origin,
      port: 0,
      keep: 1000,
      redirects: "pass",
      onEnd: () => {},
    });
    expect((await send(`${relay.origin}/`)).body.toString()).toBe("fine");
    // Reset as it is asked the second time: what a server does whose patience has just ended.
    for (const socket of sockets) socket.removeAllListeners("data").on("data", () => socket.resetAndDestroy());
    server.removeAllListeners("request").on("request", (_incoming, response) => response.end("fine again"));
    const { status } = await send(`${relay.origin}/`);
    await relay.close();
    await listening.close();
    expect(status).toBe(200);
  });
});
