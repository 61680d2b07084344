import { PassThrough } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { ok } from "./envelope";
import { type Authenticate, createRoutes } from "./route";

const english: Actor = {
  kind: "user",
  userId: 1,
  role: "direction",
  locale: "en",
  userSessionId: "s",
  clientId: "commercial",
  scopes: [],
};
const machine: Actor = { kind: "client", clientId: "erp", scopes: [] };
/** Routes that no scope is asked for. */
const FREE = { scopes: { GET: null, POST: null } };
const silent = createLogger("test", "silent");

function tools(authenticate: Authenticate = async () => ({ actor: english, via: "cookie" }), logger = silent) {
  return createRoutes({ authenticate, ownOrigin: "http://app.test", logger });
}

function request(method: string, headers: Record<string, string> = {}): Request {
  return new Request("http://app.test/api/x?secret=1", { method, headers });
}

describe("route", () => {
  const { route } = tools();
  const handlers = route({ GET: ({ params }) => ok({ id: params.id }), POST: () => ok(null, { status: 201 }) }, FREE);

  it("answers with the parameters of the path", async () => {
    const response = await handlers.GET(request("GET"), { params: Promise.resolve({ id: "7" }) });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ success: true, data: { id: "7" } });
  });

  it("answers HEAD like GET, without body", async () => {
    const response = await handlers.HEAD(request("HEAD"), { params: Promise.resolve({ id: "7" }) });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.text()).toBe("");
  });

  it("answers OPTIONS with what is allowed", async () => {
    const response = await handlers.OPTIONS(request("OPTIONS"));
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
  });

  it.each(["PUT", "PATCH", "DELETE"] as const)(
    "refuses %s in the envelope, and says what is allowed",
    async (method) => {
      const response = await handlers[method](request(method, { "accept-language": "en" }));
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
      expect(await response.json()).toEqual({
        success: false,
        error: { code: "METHOD_NOT_ALLOWED", message: "This method is not allowed here." },
      });
    },
  );

  it("checks Origin for writes with a cookie only", async () => {
    const evil = { origin: "http://evil.test" };
    expect((await handlers.POST(request("POST", evil))).status).toBe(403);
    expect((await handlers.GET(request("GET", evil))).status).toBe(200);
    const bearer = tools(async () => ({ actor: machine, via: "bearer" })).route({ POST: () => ok(null) }, FREE);
    expect((await bearer.POST(request("POST", evil))).status).toBe(200);
  });

  it("authenticates before anything else, and challenges", async () => {
    const { route } = tools(async () => {
      throw new AppError("UNAUTHENTICATED");
    });
    const refused = route({ POST: () => ok(null) }, FREE);
    const bare = await refused.POST(request("POST", { origin: "http://evil.test" }));
    expect(bare.status).toBe(401);
    expect(bare.headers.get("www-authenticate")).toBe('Bearer realm="mgs"');
    const expired = await refused.POST(request("POST", { authorization: "Bearer x" }));
    expect(expired.headers.get("www-authenticate")).toBe('Bearer realm="mgs", error="invalid_token"');
  });

  it("speaks the person's language, else the request's", async () => {
    const table = {
      GET: () => {
        throw new AppError("VALIDATION_ERROR", { details: [{ path: "titre", message: "TOO_LONG" }] });
      },
    };
    const headers = { "accept-language": "fr" };
    expect(await (await tools().route(table, FREE).GET(request("GET", headers))).json()).toMatchObject({
      error: {
        message: "Some values are not correct.",
        details: [{ path: "titre", message: "This text is too long." }],
      },
    });
    const asMachine = tools(async () => ({ actor: machine, via: "bearer" }));
    expect(await (await asMachine.route(table, FREE).GET(request("GET", headers))).json()).toMatchObject({
      error: { message: "Certaines valeurs sont incorrectes.", details: [{ message: "Ce texte est trop long." }] },
    });
  });

  it("gives Retry-After in whole seconds", async () => {
    const limited = route(
      {
        GET: () => {
          throw new AppError("RATE_LIMITED", { retryAfter: 12.2 });
        },
      },
      FREE,
    );
    const response = await limited.GET(request("GET"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "13"]);
  });

  it("keeps a sane request id and replaces any other", async () => {
    const kept = await handlers.GET(request("GET", { "x-request-id": "abcdef-1234" }));
    expect(kept.headers.get("x-request-id")).toBe("abcdef-1234");
    const replaced = await handlers.GET(request("GET", { "x-request-id": "<script>alert(1)</script>" }));
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("sets the request id on answers whose headers are fixed", async () => {
    const response = await route({ GET: () => Response.redirect("http://app.test/y") }, FREE).GET(request("GET"));
    expect(response.status).toBe(302);
    expect(response.headers.get("x-request-id")).not.toBeNull();
  });

  it("hides an unexpected error from the caller and logs it with the request id, without query or headers", async () => {
    const lines = new PassThrough();
    const { createLogger } = await import("@mgs/core/logger");
    const logged = tools(async () => ({ actor: english, via: "bearer" }), createLogger("test", "info", lines)).route(
      {
        POST: () => {
          throw new TypeError("inner detail");
        },
      },
      FREE,
    );
    const response = await logged.POST(
      request("POST", { authorization: "Bearer hidden-token", "x-request-id": "request-1" }),
    );
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("inner detail");
    const line = String(lines.read());
    expect(JSON.parse(line)).toMatchObject({ request_id: "request-1", method: "POST", path: "/api/x" });
    expect(line).not.toContain("hidden-token");
    expect(line).not.toContain("secret=1");
  });

  it("answers 503 with the seconds to wait where another try may succeed", async () => {
    const routes = createRoutes({
      authenticate: async () => ({ actor: english, via: "bearer" }),
      ownOrigin: "http://localhost:3000",
      logger: (await import("@mgs/core/logger")).createLogger("test", "silent"),
      isUnavailable: (error) => error instanceof TypeError,
    }).route(
      {
        POST: () => {
          throw new TypeError("the server is read-only");
        },
      },
      FREE,
    );
    const response = await routes.POST(request("POST"));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ success: false, error: { code: "UNAVAILABLE" } });
  });

  it.each(["\u0000", "a\u0000b", "\ud800"])("answers 404 to the parameter %j", async (id) => {
    const response = await handlers.GET(request("GET"), { params: Promise.resolve({ id }) });
    expect(response.status).toBe(404);
  });

  it("lets anybody call a public route", async () => {
    const { publicRoute } = tools(async () => {
      throw new AppError("UNAUTHENTICATED");
    });
    expect((await publicRoute({ GET: () => ok(1) }).GET(request("GET"))).status).toBe(200);
  });
});
