import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { checkHealth, createHealthRoutes } from "./health";
import { createRoutes } from "./route";

const tools = createRoutes({
  authenticate: () => Promise.reject(new Error("health asks nobody who they are")),
  ownOrigin: "http://app.test",
  logger: createLogger("test", "silent"),
});
const request = new Request("http://app.test/health/ready");

describe("health", () => {
  it("is live without asking anything", async () => {
    const { live } = createHealthRoutes(tools, { database: async () => false });
    expect((await live.GET(request)).status).toBe(200);
  });

  it("is ready when everything answers", async () => {
    const { ready } = createHealthRoutes(tools, { database: async () => true });
    const response = await ready.GET(request);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { status: "ready", checks: { database: "up" } } });
  });

  it("names what is away", async () => {
    const { ready } = createHealthRoutes(tools, {
      database: async () => true,
      redis: () => Promise.reject(new Error("no")),
    });
    const response = await ready.GET(request);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      success: false,
      error: { code: "UNAVAILABLE" },
      data: { ready: false, checks: { database: "up", redis: "down" } },
    });
  });

  it("counts a check that never answers as down", async () => {
    await expect(checkHealth({ stuck: () => new Promise(() => undefined) }, 5)).resolves.toEqual({
      ready: false,
      checks: { stuck: "down" },
    });
  });
});
