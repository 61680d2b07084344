import { describe, expect, it } from "vitest";
import { FallbackClient } from "../testing/fallback-client";
import { startServer } from "../testing/start-server";

describe("pages of other origins", () => {
  const allowedOrigins = ["https://portail.example", "https://*.mgs.example"];
  const origin = (value: string) => ({ origin: value });

  it.each(["https://portail.example", "https://a.mgs.example", "https://a.b.mgs.example"])("%s may", async (page) => {
    const { port } = await startServer({ settings: { allowedOrigins } });
    const client = new FallbackClient(port);
    const asked = await fetch(`${client.base}/xhr?protocol=7`, {
      method: "OPTIONS",
      headers: { ...origin(page), "access-control-request-headers": "content-type" },
    });
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      "access-control-allow-origin": page,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
      vary: "origin",
    });
    expect((await client.stream(origin(page))).headers).toMatchObject({ "access-control-allow-origin": page });
  });

  it.each(["https://other.example", "http://portail.example", "https://mgs.example", "null"])(
    "%s may not",
    async (page) => {
      const { server, port } = await startServer({ settings: { allowedOrigins } });
      const client = new FallbackClient(port);
      for (const method of ["OPTIONS", "POST"]) {
        const answer = await fetch(`${client.base}/xhr?protocol=7`, { method, headers: origin(page) });
        expect(answer.status).toBe(403);
        expect(answer.headers.has("access-control-allow-origin")).toBe(false);
      }
      expect(server.statistics().connections).toBe(0);
    },
  );

  it("every page may where the app names none, and reads why it is refused", async () => {
    const { port } = await startServer();
    const client = new FallbackClient(port, { key: "unknown" });
    const answer = await fetch(`${client.base}/xhr`, { method: "POST", headers: origin("https://any.example") });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.text()).toContain("c[4001,");
  });
});
