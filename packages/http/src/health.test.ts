import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { checkHealth, type HealthDeps, healthRoutes } from "./health";
import { createRouter } from "./router";

const settings = {
  authenticate: () => Promise.reject(new Error("health asks for no identity")),
  ownOrigin: "http://app.test",
  logger: createLogger("test", "silent"),
};
const ask = (path: string, healthChecks: HealthDeps["healthChecks"]) =>
  createRouter(settings, [{ routes: healthRoutes, deps: { healthChecks } }]).fetch(
    new Request(`http://app.test${path}`),
  );

describe("health", () => {
  it("answers live without running a check", async () => {
    expect((await ask("/health/live", { database: async () => false })).status).toBe(200);
  });

  it("answers ready when every check passes", async () => {
    const response = await ask("/health/ready", { database: async () => true });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { status: "ready", checks: { database: "up" } } });
  });

  it("names the part that is down", async () => {
    const response = await ask("/health/ready", {
      database: async () => true,
      redis: () => Promise.reject(new Error("no")),
    });
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
