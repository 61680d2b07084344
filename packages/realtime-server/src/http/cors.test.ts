import { describe, expect, it } from "vitest";
import { createPublisher, startServer } from "../testing/start-server";

const signed = (port: number, path: string): string => {
  const { app } = { app: { id: "mgs", key: "mgs-key", secret: "mgs-secret" } };
  const query = createPublisher(app, port).createSignedQueryString({ method: "GET", path, params: {} });
  return `http://127.0.0.1:${port}${path}?${query}`;
};

describe.each<[string, string[] | undefined, string | undefined, string | null]>([
  ["every origin, asked by a page", undefined, "https://a.example", "*"],
  ["every origin, asked by no page", undefined, undefined, null],
  ["an allowed origin", ["https://*.example"], "https://a.example", "https://a.example"],
  ["another origin", ["https://*.example"], "https://evil.test", null],
])("%s", (_name, allowedOrigins, origin, expected) => {
  const headers: Record<string, string> = origin === undefined ? {} : { origin };
  const start = () => startServer({ settings: allowedOrigins === undefined ? {} : { allowedOrigins } });

  it("reads an answer", async () => {
    const { port } = await start();
    const response = await fetch(signed(port, "/apps/mgs/channels"), { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(expected);
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("reads why it was refused", async () => {
    const { port } = await start();
    const response = await fetch(`http://127.0.0.1:${port}/apps/mgs/channels`, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe(expected);
  });

  it("asks before it sends", async () => {
    const { port } = await start();
    const response = await fetch(`http://127.0.0.1:${port}/apps/mgs/events`, {
      method: "OPTIONS",
      headers: {
        ...headers,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
    const isRefused = origin !== undefined && expected === null;
    expect(response.status).toBe(isRefused ? 403 : 204);
    expect(response.headers.get("access-control-allow-origin")).toBe(expected);
    if (isRefused) return;
    expect(response.headers.get("access-control-allow-methods")).toBe("POST");
    expect(response.headers.get("access-control-allow-headers")).toBe("content-type");
  });
});

it("an unknown app reveals no origin", async () => {
  const { port } = await startServer();
  const response = await fetch(`http://127.0.0.1:${port}/apps/other/events`, {
    method: "OPTIONS",
    headers: { origin: "https://a.example" },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});
