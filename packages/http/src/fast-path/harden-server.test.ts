import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { admitRequest, hardenServer } from "./harden-server";

const LIMITS = { headersTimeoutMs: 500, requestTimeoutMs: 500, keepAliveTimeoutMs: 65_000 };

let server: Server;
let port: number;
beforeAll(async () => {
  // Node checks for slow connections at this interval; its default is twice a minute.
  server = createServer({ connectionsCheckingInterval: 50 }, (request, response) => {
    if (!admitRequest(request, response)) return;
    request.resume().once("end", () => response.end(`served ${request.url}`));
  });
  // A framework with an upgrade handler keeps each socket open.
  server.on("upgrade", () => undefined);
  hardenServer(server, LIMITS);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Reads the answer until the server closes the connection. */
async function hear(sent: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(sent);
  const heard = await text(socket);
  socket.destroy();
  return heard;
}

const ask = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, ...headers, "Connection: close"].join("\r\n")}\r\n\r\n`;
const HOST = "Host: portal.test";

describe("request line and Host", () => {
  it.each([
    ["a path", ask("GET /a?b=c", HOST), "/a?b=c"],
    ["an absolute target of this host", ask("GET http://portal.test/a?b=c", HOST), "/a?b=c"],
    ["an absolute target without a path", ask("GET HTTP://Portal.test?b=c", HOST), "/?b=c"],
    ["a port", ask("GET /a", "Host: portal.test:3001"), "/a"],
    ["an IPv6 address", ask("GET /a", "Host: [::1]:3001"), "/a"],
    ["HTTP/1.0, which knows no Host", "GET /a HTTP/1.0\r\n\r\n", "/a"],
    [
      "an offer of HTTP/2",
      "GET /a HTTP/1.1\r\nHost: p.test\r\nUpgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n",
      "/a",
    ],
  ])("%s is served", async (_name, sent, url) => {
    const heard = await hear(sent);
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard).toContain(`served ${url}`);
  });

  it.each([
    ["an asterisk", ask("GET *", HOST)],
    ["an absolute target of another host", ask("GET http://evil.example/dashboard", HOST)],
    ["an absolute target with credentials", ask("GET http://portal.test@evil.example/", HOST)],
    ["an absolute target without a host", ask("GET http:///dashboard", HOST)],
    ["two hosts", ask("GET /", HOST, "Host: evil.example")],
    ["the same host twice", ask("GET /", HOST, HOST)],
    ["a host with a path", ask("GET /", "Host: portal.test/a")],
    ["a host that is none", ask("GET /", "Host: [")],
    ["an empty host", ask("GET /", "Host:")],
    ["no host", ask("GET /")],
  ])("%s is refused, and the connection ends", async (_name, sent) => {
    expect(await hear(sent)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("answers a refusal in the envelope and in the caller's language", async () => {
    const heard = await hear(ask("GET *", HOST, "Accept-Language: en", "X-Request-Id: an-id-of-a-proxy"));
    expect(heard).toContain('"code":"BAD_REQUEST"');
    expect(heard.toLowerCase()).toContain("x-request-id: an-id-of-a-proxy");
    expect(heard.toLowerCase()).toContain("x-content-type-options: nosniff");
  });

  it("answers OPTIONS * with the methods (RFC 9110 section 9.3.7)", async () => {
    const heard = await hear(ask("OPTIONS *", HOST));
    expect(heard).toMatch(/^HTTP\/1\.1 204 /);
    expect(heard).toMatch(/allow: GET, HEAD, POST/i);
  });
});

describe("upgrades, tunnels and slow connections", () => {
  it.each(["/_next/webpack-hmr", "/dashboard"])("refuses and closes an upgrade at %s", async (path) => {
    const headers = ["Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13"];
    const sent = [`GET ${path} HTTP/1.1`, HOST, "Connection: Upgrade", ...headers].join("\r\n");
    expect(await hear(`${sent}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("keeps the development server's WebSocket to its pages", () => {
    vi.stubEnv("NODE_ENV", "development");
    const development = createServer().on("upgrade", () => undefined);
    hardenServer(development);
    vi.unstubAllEnvs();
    expect(development.listenerCount("upgrade")).toBe(1);
  });

  it("refuses and closes a tunnel", async () => {
    expect(await hear("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 405 /,
    );
  });

  it.each([
    ["says nothing", ""],
    ["stops in the middle of its header", "GET / HTTP/1.1\r\nHost: portal.test\r\n"],
    ["stops in the middle of its body", "POST / HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 10\r\n\r\nabc"],
  ])("closes a connection that %s with 408", async (_name, sent) => {
    expect(await hear(sent)).toMatch(/^HTTP\/1\.1 408 /);
  });
});
