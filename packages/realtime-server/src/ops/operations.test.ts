import { describe, expect, it } from "vitest";
import { pausedAfterDrainDelay } from "../testing/paused-cluster";
import { RawClient } from "../testing/raw-client";
import { APP, startServer } from "../testing/start-server";
import { serverReport } from "./server-report";

const TOKEN = "a-token-of-sixteen-or-more";
const OWN = { operations: { host: "127.0.0.1", port: 0 } };

const get = (port: number, path: string, token?: string): Promise<Response> =>
  fetch(
    `http://127.0.0.1:${port}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );

describe.each(["/metrics", "/stats"])("%s", (path) => {
  it("does not exist on the main port without a token", async () => {
    const { port } = await startServer();
    expect((await get(port, path)).status).toBe(404);
  });

  it.each([
    [undefined, 401],
    ["wrong", 401],
    [`${TOKEN}x`, 401],
    [TOKEN, 200],
  ])("asks for the token on the main port: %s is %i", async (token, status) => {
    const { port } = await startServer({ options: { metricsToken: TOKEN } });
    const response = await get(port, path, token);
    expect(response.status).toBe(status);
    expect(response.headers.has("www-authenticate")).toBe(status === 401);
  });

  it("is open on its own address, and gone from the main port", async () => {
    const { server, port } = await startServer({ options: OWN });
    expect((await get(server.operationsPort, path)).status).toBe(200);
    expect((await get(port, path)).status).toBe(404);
  });

  it("asks for a token on its own address where there is one", async () => {
    const { server, port } = await startServer({ options: { ...OWN, metricsToken: TOKEN } });
    expect((await get(server.operationsPort, path)).status).toBe(401);
    expect((await get(server.operationsPort, path, TOKEN)).status).toBe(200);
    expect((await get(port, path, TOKEN)).status).toBe(404);
  });

  it("is read and nothing else", async () => {
    const { server } = await startServer({ options: OWN });
    const response = await fetch(`http://127.0.0.1:${server.operationsPort}${path}`, { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

it("health is open on both addresses, the API on the main one alone", async () => {
  const { server, port } = await startServer({ options: { ...OWN, metricsToken: TOKEN } });
  const soketis = ["/", "/ready", "/accept-traffic"];
  for (const path of ["/health", "/health/live", "/health/ready", ...soketis]) {
    expect((await get(port, path)).status).toBe(200);
    expect((await get(server.operationsPort, path)).status).toBe(200);
  }
  expect((await get(server.operationsPort, "/apps/mgs/channels")).status).toBe(404);
  expect((await get(server.operationsPort, `/app/${APP.key}`)).status).toBe(404);
});

it("a draining server says so on its own address until its end", async () => {
  const { cluster, goOn } = pausedAfterDrainDelay();
  const { server } = await startServer({ options: { ...OWN, cluster } });
  const { operationsPort } = server;
  const closing = server.close();
  expect((await get(operationsPort, "/health/ready")).status).toBe(503);
  expect((await get(operationsPort, "/ready")).status).toBe(503);
  expect((await get(operationsPort, "/health/live")).status).toBe(200);
  goOn();
  await closing;
  await expect(get(operationsPort, "/health/live")).rejects.toThrow();
});

it("/stats counts clients, channels and messages, in all and by app, and holds no secret", async () => {
  const { server, port, publisher } = await startServer({ options: OWN });
  const clients = [await RawClient.connect(port), await RawClient.connect(port)];
  for (const client of clients) await client.join("a");
  await clients[0]?.join("private-b");
  await publisher.trigger("a", "created", {});
  await Promise.all(clients.map((client) => client.next("created")));

  const text = await (await get(server.operationsPort, "/stats")).text();
  const report = serverReport.parse(JSON.parse(text));
  const expected = {
    clients: 2,
    channels: 2,
    users: 0,
    events_published: 1,
    events_delivered: 2,
    messages_in: 3,
    // Among them a greeting each, three answers to subscriptions, one event each.
    messages_out: expect.toSatisfy((count: number) => count >= 7),
    slow_clients_closed: 0,
  };
  expect(report).toMatchObject({ ...expected, draining: false, apps: [{ id: APP.id, enabled: true, ...expected }] });
  expect(report.bytes_in).toBeGreaterThan(0);
  expect(report.bytes_out).toBeGreaterThan(0);
  expect(report.memory.rss_bytes).toBeGreaterThan(0);
  expect(text).not.toContain(APP.secret);
  expect(text).not.toContain(APP.key);
});

it("a busy address of operations is an error of listen", async () => {
  const { server } = await startServer({ options: OWN });
  await expect(
    startServer({ options: { operations: { host: "127.0.0.1", port: server.operationsPort } } }),
  ).rejects.toMatchObject({ code: "EADDRINUSE" });
});
