import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { APP, startServer } from "../testing/start-server";

/** What a client with these headers is told first: its greeting, or why it has to go. */
async function knock(port: number, headers: Record<string, string> = {}) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7`, { headers });
  const first = await new Promise<string>((resolve, reject) => {
    ws.once("message", (data) => resolve(String(data)));
    ws.once("error", reject);
  });
  const message = z
    .object({ event: z.string(), data: z.union([z.string(), z.object({ code: z.number() })]) })
    .parse(JSON.parse(first));
  return { ws, code: typeof message.data === "string" ? undefined : message.data.code };
}

const closed = (ws: WebSocket): Promise<void> => new Promise((resolve) => void ws.once("close", () => resolve()));

it("an address has so many connections, and a closed one makes room", async () => {
  const { server, port } = await startServer({ limits: { maxConnectionsPerAddress: 2 } });
  const [first, second] = [await knock(port), await knock(port)];
  expect([first.code, second.code]).toEqual([undefined, undefined]);
  const third = await knock(port);
  expect(third.code).toBe(4100);
  await closed(third.ws);

  first.ws.close();
  await closed(first.ws);
  // The client's close and the server's own note of it are one round trip apart.
  await expect.poll(() => server.statistics().connections).toBe(1);
  const fourth = await knock(port);
  expect(fourth.code).toBeUndefined();
});

it("behind a trusted proxy it is the visitor's address that counts", async () => {
  const { port } = await startServer({
    limits: { maxConnectionsPerAddress: 1 },
    options: { trustedProxies: ["127.0.0.1"] },
  });
  const of = (address: string) => knock(port, { "x-forwarded-for": address });
  expect((await of("198.51.100.1")).code).toBeUndefined();
  expect((await of("198.51.100.2")).code).toBeUndefined();
  expect((await of("198.51.100.1")).code).toBe(4100);
});

it("without trusted proxies no header has an effect", async () => {
  const { port } = await startServer({ limits: { maxConnectionsPerAddress: 1 } });
  expect((await knock(port, { "x-forwarded-for": "198.51.100.1" })).code).toBeUndefined();
  expect((await knock(port, { "x-forwarded-for": "198.51.100.2" })).code).toBe(4100);
});

it.each([
  ["https://a.example", undefined],
  ["https://b.a.example", undefined],
  ["https://evil.test", 4009],
  ["null", 4009],
  [undefined, undefined],
])("a page of %s gets %s", async (origin, code) => {
  const { port } = await startServer({ settings: { allowedOrigins: ["https://a.example", "https://*.a.example"] } });
  expect((await knock(port, origin === undefined ? {} : { origin })).code).toBe(code);
});

it("an app that wants TLS takes it from a trusted proxy's word alone", async () => {
  const settings = { tlsOnly: true };
  const bare = await startServer({ settings });
  expect((await knock(bare.port, { "x-forwarded-proto": "https" })).code).toBe(4000);
  const behind = await startServer({ settings, options: { trustedProxies: ["127.0.0.0/8"] } });
  expect((await knock(behind.port, { "x-forwarded-proto": "https" })).code).toBeUndefined();
  expect((await knock(behind.port, { "x-forwarded-proto": "http" })).code).toBe(4000);
});
