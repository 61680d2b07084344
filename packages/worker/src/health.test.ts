import { get } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type HealthServer, startHealthServer } from "./health";

let server: HealthServer | undefined;
afterEach(() => server?.close());

async function ask(path: string, redis: boolean, init: RequestInit = {}) {
  server = await startHealthServer({ port: 0 }, { postgresql: async () => true, redis: async () => redis });
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { status: response.status, body: await response.json() };
}

describe("health of the worker", () => {
  it("answers ready when PostgreSQL and Redis answer", async () => {
    expect(await ask("/health/ready", true)).toEqual({
      status: 200,
      body: { success: true, data: { status: "ready", checks: { postgresql: "up", redis: "up" } } },
    });
  });

  it("answers 503 and names the part that is down, and is still live", async () => {
    expect(await ask("/health/ready", false)).toMatchObject({
      status: 503,
      body: { success: false, data: { checks: { postgresql: "up", redis: "down" } } },
    });
    await server?.close();
    expect((await ask("/health/live", false)).status).toBe(200);
  });

  it("refuses other addresses and methods", async () => {
    expect((await ask("/", true)).status).toBe(404);
    await server?.close();
    expect((await ask("/health/live", true, { method: "POST" })).status).toBe(405);
  });

  it("answers a malformed address with 404 and keeps running", async () => {
    server = await startHealthServer({ port: 0 }, {});
    const { port } = server;
    // fetch would normalize the address.
    const status = (path: string) =>
      new Promise((resolve, reject) => {
        const request = get({ port, path }, (response) => resolve(response.resume().statusCode));
        request.once("error", reject);
      });
    for (const path of ["//", "//["]) expect(await status(path), path).toBe(404);
    for (const path of ["http://[/", "http://evil.example/health/live", "*"])
      expect(await status(path), path).toBe(400);
    expect(await status("/health/live?from=a-probe")).toBe(200);
  });
});
