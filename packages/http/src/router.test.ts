import { PassThrough } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { ok } from "./envelope";
import type { Route } from "./route";
import { type Authenticate, createRouter, type Router, type RouterSettings } from "./router";

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
const silent = createLogger("test", "silent");
const asEnglish: Authenticate = async () => ({ actor: english, via: "cookie" });
const asMachine: Authenticate = async () => ({ actor: machine, via: "bearer" });

function router(routes: readonly Route[], more: Partial<RouterSettings> = {}): Router {
  const settings = { authenticate: asEnglish, ownOrigin: "http://app.test", logger: silent, ...more };
  return createRouter(settings, [{ routes, deps: {} }]);
}

/** The same routes, which machine clients may call. */
const forPrograms = (routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => (route.access === "public" ? route : { ...route, programs: true }));

const throws = (error: unknown) => () => {
  throw error;
};

function request(method: string, headers: Record<string, string> = {}, path = "/api/x"): Request {
  return new Request(`http://app.test${path}?secret=1`, { method, headers });
}

const things: readonly Route[] = [
  {
    method: "GET",
    path: "/api/x/{id}",
    access: "signed-in",
    scope: null,
    handler: ({ params }) => ok({ id: params.id }),
  },
  { method: "GET", path: "/api/x", access: "signed-in", scope: null, handler: () => ok({ id: null }) },
  { method: "POST", path: "/api/x", access: "signed-in", scope: null, handler: () => ok(null, { status: 201 }) },
];

describe("router", () => {
  const { fetch, match } = router(things);

  it("answers with the parameters of the path, decoded", async () => {
    const response = await fetch(request("GET", {}, "/api/x/a%20b"));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ success: true, data: { id: "a b" } });
  });

  it.each(["/api/y", "/api/x/", "/api/x/1/2", "/api/x/%ff", "/API/x"])("has no route for %s", async (path) => {
    expect(match(path)).toBeNull();
    const response = await fetch(request("POST", { "accept-language": "en" }, path));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ success: false, error: { code: "NOT_FOUND" } });
    expect(response.headers.get("x-request-id")).not.toBeNull();
  });

  it("throws for two routes with one method and path", () => {
    expect(() => router([...things, ...things])).toThrow("two routes answer GET /api/x/{id}");
  });

  it("answers HEAD like GET, without body", async () => {
    const response = await fetch(request("HEAD"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.text()).toBe("");
  });

  it("answers OPTIONS with the allowed methods", async () => {
    const response = await fetch(request("OPTIONS"));
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
  });

  it.each(["PUT", "PATCH", "DELETE"])("refuses %s in the envelope, with the allowed methods", async (method) => {
    const response = await fetch(request(method, { "accept-language": "en" }));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    expect(await response.json()).toEqual({
      success: false,
      error: { code: "METHOD_NOT_ALLOWED", message: "This method is not allowed here." },
    });
  });

  it("checks Origin for writes with a cookie only", async () => {
    const evil = { origin: "http://evil.test" };
    expect((await fetch(request("POST", evil))).status).toBe(403);
    expect((await fetch(request("GET", evil))).status).toBe(200);
    const bearer = router(forPrograms(things), { authenticate: asMachine });
    expect((await bearer.fetch(request("POST", evil))).status).toBe(201);
  });

  it("authenticates before it checks Origin, and answers 401 with a challenge", async () => {
    const refused = router(things, { authenticate: () => Promise.reject(new AppError("UNAUTHENTICATED")) });
    const bare = await refused.fetch(request("POST", { origin: "http://evil.test" }));
    expect(bare.status).toBe(401);
    expect(bare.headers.get("www-authenticate")).toBe('Bearer realm="mgs"');
    const expired = await refused.fetch(request("POST", { authorization: "Bearer x" }));
    expect(expired.headers.get("www-authenticate")).toBe('Bearer realm="mgs", error="invalid_token"');
  });

  it("checks the route's scope of a person's token, refuses machine clients where they may not call, and else leaves them to the use case", async () => {
    const scoped: Route = {
      method: "GET",
      path: "/api/x",
      access: "signed-in",
      scope: "users:read",
      handler: () => ok(1),
    };
    const refused = await router([scoped]).fetch(request("GET"));
    expect([refused.status, (await refused.json()).error.code]).toEqual([403, "INSUFFICIENT_SCOPE"]);
    const machines = { authenticate: asMachine };
    const alone = await router([scoped], machines).fetch(request("GET"));
    expect([alone.status, (await alone.json()).error.code]).toEqual([403, "FORBIDDEN"]);
    expect((await router(forPrograms([scoped]), machines).fetch(request("GET"))).status).toBe(200);
  });

  it("answers in the person's language, else in that of Accept-Language", async () => {
    const details = [{ path: "titre", message: "TOO_LONG" }];
    const invalid: Route = {
      method: "GET",
      path: "/api/x",
      access: "signed-in",
      scope: null,
      handler: throws(new AppError("VALIDATION_ERROR", { details })),
    };
    const headers = { "accept-language": "fr" };
    expect(await (await router([invalid]).fetch(request("GET", headers))).json()).toMatchObject({
      error: {
        message: "Some values are not correct.",
        details: [{ path: "titre", message: "This text is too long." }],
      },
    });
    const ofMachine = router(forPrograms([invalid]), { authenticate: asMachine });
    expect(await (await ofMachine.fetch(request("GET", headers))).json()).toMatchObject({
      error: { message: "Certaines valeurs sont incorrectes.", details: [{ message: "Ce texte est trop long." }] },
    });
  });

  it("gives Retry-After in whole seconds", async () => {
    const limited = router([
      {
        method: "GET",
        path: "/api/x",
        access: "signed-in",
        scope: null,
        handler: throws(new AppError("RATE_LIMITED", { retryAfter: 12.2 })),
      },
    ]);
    const response = await limited.fetch(request("GET"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "13"]);
  });

  it("keeps a valid request id and replaces any other", async () => {
    const kept = await fetch(request("GET", { "x-request-id": "abcdef-1234" }));
    expect(kept.headers.get("x-request-id")).toBe("abcdef-1234");
    const replaced = await fetch(request("GET", { "x-request-id": "<script>alert(1)</script>" }));
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("sets the request id on answers whose headers are fixed", async () => {
    const redirecting = router([
      {
        method: "GET",
        path: "/api/x",
        access: "signed-in",
        scope: null,
        handler: () => Response.redirect("http://app.test/y"),
      },
    ]);
    const response = await redirecting.fetch(request("GET"));
    expect(response.status).toBe(302);
    expect(response.headers.get("x-request-id")).not.toBeNull();
  });

  it("hides an unexpected error from the caller and logs it with the request id, without query or headers", async () => {
    const lines = new PassThrough();
    const failing: Route = {
      method: "POST",
      path: "/api/x",
      access: "signed-in",
      scope: null,
      handler: throws(new TypeError("inner detail")),
    };
    const logged = router(forPrograms([failing]), {
      authenticate: asMachine,
      logger: createLogger("test", "info", lines),
    });
    const response = await logged.fetch(
      request("POST", { authorization: "Bearer hidden-token", "x-request-id": "request-1" }),
    );
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("inner detail");
    const line = String(lines.read());
    expect(JSON.parse(line)).toMatchObject({
      request_id: "request-1",
      method: "POST",
      path: "/api/x",
      err: { message: "inner detail" },
    });
    expect(line).not.toContain("hidden-token");
    expect(line).not.toContain("secret=1");
  });

  it("answers 503 with Retry-After when another attempt may succeed", async () => {
    const readOnly: Route = {
      method: "POST",
      path: "/api/x",
      access: "signed-in",
      scope: null,
      handler: throws(new TypeError("read-only")),
    };
    const { fetch } = router([readOnly], { isUnavailable: (error) => error instanceof TypeError });
    const response = await fetch(request("POST"));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ success: false, error: { code: "UNAVAILABLE" } });
  });

  it.each(["%00", "a%00b"])("answers 404 to the parameter %j", async (id) => {
    expect((await fetch(request("GET", {}, `/api/x/${id}`))).status).toBe(404);
  });

  it("lets anybody call a public route", async () => {
    const open: Route = { method: "GET", path: "/api/x", access: "public", handler: () => ok(1) };
    const refusing = router([open], { authenticate: () => Promise.reject(new AppError("UNAUTHENTICATED")) });
    expect((await refusing.fetch(request("GET"))).status).toBe(200);
  });
});
