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
  it("is ready when all it needs answers", async () => {
    expect(await ask("/health/ready", true)).toEqual({
      status: 200,
      body: { success: true, data: { status: "ready", checks: { postgresql: "up", redis: "up" } } },
    });
  });

  it("names what is down, and still lives", async () => {
    expect(await ask("/health/ready", false)).toMatchObject({
      status: 503,
      body: { success: false, data: { checks: { postgresql: "up", redis: "down" } } },
    });
    await server?.close();
    expect((await ask("/health/live", false)).status).toBe(200);
  });

  it("answers nothing else", async () => {
    expect((await ask("/", true)).status).toBe(404);
    await server?.close();
    expect((await ask("/health/live", true, { method: "POST" })).status).toBe(405);
  });

  it("outlives an address that is none", async () => {
    server = await startHealthServer({ port: 0 }, {});
    const { port } = server;
    // fetch would mend it before it leaves.
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
