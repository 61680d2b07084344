import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { createLogger } from "@mgs/core/logger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readJson } from "../body";
import { csvAnswer } from "../csv/write-csv";
import { ok } from "../envelope";
import { createRouter } from "../router";
import { answerNodeRequest } from "./answer-node";
import { interceptRequests } from "./intercept-requests";

const rowsStopped = Promise.withResolvers<void>();
async function* endlessRows() {
  try {
    for (;;) yield { n: "x".repeat(1_000) };
  } finally {
    rowsStopped.resolve();
  }
}

const router = createRouter(
  {
    authenticate: () => Promise.reject(new Error("unused")),
    ownOrigin: "http://front.test",
    logger: createLogger("test", "silent"),
  },
  [
    {
      deps: {},
      routes: [
        {
          method: "GET",
          path: "/echo/{id}",
          access: "public",
          handler: ({ request, params }) => ok({ url: request.url, cookie: request.headers.get("cookie"), ...params }),
        },
        {
          method: "POST",
          path: "/echo/{id}",
          access: "public",
          handler: async ({ request }) => ok(await readJson(request, z.unknown(), { maxBytes: 100 }), { status: 201 }),
        },
        {
          method: "DELETE",
          path: "/echo/{id}",
          access: "public",
          handler: () => {
            const response = ok(null);
            for (const cookie of ["a=1; Path=/", "b=2; Path=/"]) response.headers.append("set-cookie", cookie);
            return response;
          },
        },
        {
          method: "GET",
          path: "/table",
          access: "public",
          handler: () => csvAnswer("table", [{ key: "n", header: "n" }], endlessRows()),
        },
        { method: "GET", path: "/long", access: "public", handler: () => ok("x".repeat(2_000)) },
      ],
    },
  ],
);

const held = { arrived: Promise.withResolvers<void>(), released: Promise.withResolvers<void>() };

let server: Server;
let origin: string;
beforeAll(async () => {
  interceptRequests(
    () => (server.address() as AddressInfo).port,
    (req, res, passThrough) => {
      if (req.url === "/held") {
        held.arrived.resolve();
        void held.released.promise.then(passThrough);
        return true;
      }
      if (req.url === "/later") {
        setTimeout(passThrough, 5);
        return true;
      }
      const answer = router.match((req.url ?? "").split("?")[0] ?? "");
      if (!answer) return false;
      void answerNodeRequest(answer, req, res, { origin: "http://front.test", headers: { "x-frame-options": "DENY" } });
      return true;
    },
    { "strict-transport-security": "max-age=60", "x-frame-options": "SAMEORIGIN" },
  );
  // The test makes the server, as the framework does.
  server = createServer((req: IncomingMessage, res) => res.end(`framework ${req.url}`)).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const json = { "content-type": "application/json" };

it("sends a table while it is made, and makes no more of it when its reader leaves", async () => {
  const response = await fetch(`${origin}/table`);
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="table.csv"');
  expect(response.headers.get("content-length")).toBeNull();
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  await reader?.cancel();
  await rowsStopped.promise;
});

describe("the fast path before the framework", () => {
  it("answers routes from the first request on, and passes other requests through", async () => {
    const first = await fetch(`${origin}/echo/7?a=1`, { headers: { cookie: "c=1" } });
    expect(first.headers.get("x-frame-options")).toBe("DENY");
    expect(first.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    expect(await first.json()).toMatchObject({ data: { url: "http://front.test/echo/7?a=1", cookie: "c=1", id: "7" } });
    expect(await (await fetch(`${origin}/page`)).text()).toBe("framework /page");
  });

  it("sets the headers of every answer, also of the framework's answers and of refusals", async () => {
    for (const path of ["/echo/a", "/page", "/later"]) {
      const { headers } = await fetch(`${origin}${path}`);
      expect(headers.get("strict-transport-security"), path).toBe("max-age=60");
      // A route's own header takes precedence.
      expect(headers.get("x-frame-options"), path).toBe(path === "/echo/a" ? "DENY" : "SAMEORIGIN");
    }
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.end("GET * HTTP/1.1\r\nHost: portal.test\r\n\r\n");
    const refusal = await text(socket);
    expect(refusal).toMatch(/^HTTP\/1\.1 400 /);
    expect(refusal.toLowerCase()).toContain("strict-transport-security: max-age=60");
  });

  it("passes a request through to the framework after an asynchronous check", async () => {
    const response = await fetch(`${origin}/later`, { method: "POST", body: "x" });
    expect(await response.text()).toBe("framework /later");
  });

  it("keeps idle connections for longer than proxies do", async () => {
    await fetch(`${origin}/echo/7`);
    expect((await fetch(`${origin}/echo/7`)).headers.get("keep-alive")).toBe("timeout=65");
    expect((await fetch(`${origin}/page`)).headers.get("keep-alive")).toBe("timeout=65");
  });

  it("does not intercept other servers of the process", async () => {
    const other = createServer((_req, res) => res.end("other")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}/echo/7`)).text()).toBe("other");
    other.closeAllConnections();
    other.close();
  });

  it("keeps status, cookies, methods and the envelope of refusals", async () => {
    expect((await fetch(`${origin}/echo/7`, { method: "DELETE" })).headers.getSetCookie()).toEqual([
      "a=1; Path=/",
      "b=2; Path=/",
    ]);
    const head = await fetch(`${origin}/echo/7`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const refused = await fetch(`${origin}/echo/7`, { method: "PATCH" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, DELETE, OPTIONS"]);
    const answer = await fetch(`${origin}/echo/7`, { method: "POST", body: '{"é":"😀"}', headers: json });
    expect([answer.status, await answer.json()]).toMatchObject([201, { data: { é: "😀" } }]);
    for (const [body, headers, status] of [
      ["{", json, 400],
      ["", json, 400],
      ["{}", { "content-type": "text/plain" }, 415],
    ] as const)
      expect((await fetch(`${origin}/echo/7`, { method: "POST", body, headers })).status).toBe(status);
  });

  it("refuses a body that is too long, with or without Content-Length, and keeps the connection", async () => {
    const body = JSON.stringify("x".repeat(200));
    const announced = `POST /echo/7 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
    const streamed = `POST /echo/7 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`;
    for (const request of [announced, streamed]) {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      let heard = "";
      socket.on("data", (data) => {
        heard += data.toString();
      });
      socket.write(request);
      await expect.poll(() => heard).toContain("PAYLOAD_TOO_LARGE");
      expect(heard).toMatch(/^HTTP\/1\.1 413 /);
      socket.write("GET /page HTTP/1.1\r\nhost: x\r\n\r\n");
      await expect.poll(() => heard).toContain("framework /page");
      socket.destroy();
    }
  });

  it.each(["/echo/7", "/page"])(
    "%s reads the whole upload of a client with Connection: close, so that it receives the answer",
    async (path) => {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      let heard = "";
      const failures: Error[] = [];
      socket.on("data", (data) => {
        heard += data.toString();
      });
      socket.on("error", (error) => failures.push(error));
      const chunk = `${(2_000).toString(16)}\r\n${"x".repeat(2_000)}\r\n`;
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
      );
      await expect.poll(() => heard).toMatch(/PAYLOAD_TOO_LARGE|framework/);
      for (let more = 0; more < 50; more++) await new Promise((resolve) => socket.write(chunk, resolve));
      expect(socket.destroyed).toBe(false);
      const closed = once(socket, "close");
      socket.write("0\r\n\r\n");
      await closed;
      expect(failures).toEqual([]);
    },
  );

  it("compresses a large answer when the caller accepts gzip", async () => {
    const ask = async (encoding: string) => {
      const { headers } = await fetch(`${origin}/long`, { headers: { "accept-encoding": encoding } });
      return [headers.get("content-encoding"), headers.get("vary")];
    };
    expect(await ask("gzip, deflate")).toEqual(["gzip", "Accept-Encoding"]);
    expect(await ask("br;q=1, gzip;q=0.5")).toEqual(["gzip", "Accept-Encoding"]);
    expect(await ask("gzip;q=0")).toEqual([null, "Accept-Encoding"]);
    expect(await ask("identity")).toEqual([null, "Accept-Encoding"]);
    expect((await (await fetch(`${origin}/long`)).json()).data).toHaveLength(2_000);
  });
});

it("a server that closes ends its connections with their answers, despite a long keep-alive", async () => {
  const agent = new Agent({ keepAlive: true });
  const asked = get(`${origin}/held`, { agent });
  await held.arrived.promise;
  const closed = new Promise((resolve) => server.close(resolve));
  held.released.resolve();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  expect(await text(answer)).toBe("framework /held");
  expect(answer.headers.connection).toBe("close");
  await closed;
  agent.destroy();
});
