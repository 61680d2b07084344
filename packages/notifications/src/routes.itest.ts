import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import type { Authenticated } from "@mgs/http/route";
import { createRouter, type Router } from "@mgs/http/router";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postNotification } from "./post-notification";
import { notificationRoutes } from "./routes";
import { notificationOpenApi } from "./routes.openapi";
import { createFixture, type Fixture, machine, message, person } from "./testing/fixture";

const ORIGIN = "http://localhost:3000";
const tokens: Record<string, Actor> = {
  "Bearer one": person(1),
  "Bearer two": person(2, { locale: "en" }),
  "Bearer machine": machine,
  "Bearer mute": { ...machine, scopes: [] },
};
let fixture: Fixture;
let router: Router;
let limited = false;

beforeAll(async () => {
  fixture = await createFixture();
  const limiter = {
    take: async () => {
      if (limited) throw new AppError("RATE_LIMITED", { retryAfter: 17 });
      return async () => undefined;
    },
    connect: async () => undefined,
    close: () => undefined,
  };
  const settings = {
    ownOrigin: ORIGIN,
    logger: createLogger("test", "silent"),
    authenticate: async (request: Request): Promise<Authenticated> => {
      const byCookie = request.headers.get("cookie") === "session=one";
      const actor = byCookie ? person(1) : tokens[request.headers.get("authorization") ?? ""];
      if (!actor) throw new AppError("UNAUTHENTICATED");
      return { actor, via: byCookie ? "cookie" : "bearer" };
    },
  };
  router = createRouter(settings, [{ routes: notificationRoutes, deps: { ...fixture.deps, limiter } }]);
});
afterAll(() => fixture.test.drop());

type Options = { headers?: Record<string, string>; body?: BodyInit; path?: string };
type Method = "GET" | "POST" | "PATCH" | "DELETE" | "PUT";

async function call(method: Method, token: string, { headers, body, path = "" }: Options = {}) {
  const request = new Request(`${ORIGIN}/api/notifications${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}), ...headers },
    ...(body ? { body } : {}),
  });
  const response = await router.fetch(request);
  await checkAnswer({ routes: notificationRoutes, docs: notificationOpenApi }, request, response);
  const json = (await response.json()) as { success: boolean; data?: never; error?: { code: string; message: string } };
  return { status: response.status, headers: response.headers, json, code: json.error?.code };
}

const post = (token: string, input: unknown, headers: Record<string, string> = {}) =>
  call("POST", token, { path: "/send", body: typeof input === "string" ? input : JSON.stringify(input), headers });

describe("POST /api/notifications/send", () => {
  it("answers 201, and 201 again for the same key", async () => {
    const key = { "idempotency-key": "order-1" };
    const first = await post("machine", { ...message, user_id: "1" }, key);
    expect(first).toMatchObject({ status: 201, json: { success: true, data: { user_id: 1, titre: message.titre } } });
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    const second = await post("machine", message, key);
    expect(second.status).toBe(201);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(second.json).toEqual(first.json);
    expect(await post("machine", { ...message, titre: "x" }, key)).toMatchObject({
      status: 409,
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  const nested = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  it.each<[string, string, unknown, Record<string, string>, number, string]>([
    ["no token", "none", message, {}, 401, "UNAUTHENTICATED"],
    ["no scope", "mute", message, {}, 403, "INSUFFICIENT_SCOPE"],
    ["no scope and a wrong body", "mute", {}, {}, 403, "INSUFFICIENT_SCOPE"],
    ["half a JSON", "machine", "{", {}, 400, "INVALID_JSON"],
    ["an array", "machine", [], {}, 422, "VALIDATION_ERROR"],
    ["null", "machine", "null", {}, 422, "VALIDATION_ERROR"],
    ["deep nesting", "machine", `{"user_id":${nested}}`, {}, 422, "VALIDATION_ERROR"],
    ["a NUL", "machine", { ...message, titre: "\u0000" }, {}, 422, "VALIDATION_ERROR"],
    [
      "a lone surrogate",
      "machine",
      '{"user_id":1,"type":"a","titre":"\\ud800","message":"m"}',
      {},
      422,
      "VALIDATION_ERROR",
    ],
    ["a script as url", "machine", { ...message, url: "javascript:alert(1)" }, {}, 422, "VALIDATION_ERROR"],
    ["nobody", "machine", { ...message, user_id: 999 }, {}, 404, "USER_NOT_FOUND"],
    [
      "a form",
      "machine",
      "user_id=1",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    ["too much", "machine", `"${"x".repeat(65_536)}"`, {}, 413, "PAYLOAD_TOO_LARGE"],
    ["a wrong key", "machine", message, { "idempotency-key": "a b" }, 422, "VALIDATION_ERROR"],
  ])("refuses %s and writes nothing", async (_, token, body, headers, status, code) => {
    const before = await fixture.deps.database.outbox.count();
    const answer = await post(token, body, headers);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(await fixture.deps.database.outbox.count()).toBe(before);
  });

  it("answers validation errors in the caller's language", async () => {
    const answer = await post("two", { ...message, titre: "" });
    expect(answer.json.error).toMatchObject({ details: [{ path: "titre", message: "This value is required." }] });
  });

  it("answers 405 to other methods than POST", async () => {
    expect(await call("GET", "machine", { path: "/send" })).toMatchObject({ status: 405, code: "METHOD_NOT_ALLOWED" });
  });
});

describe("the inbox", () => {
  it("lists, counts, changes and marks", async () => {
    const list = await call("GET", "one", { path: "?filter=unread&limit=5" });
    expect(list).toMatchObject({ status: 200, json: { data: { items: [{ titre: message.titre }], unread_count: 1 } } });
    const { id } = (list.json.data as unknown as { items: { id: string }[] }).items[0] ?? { id: "" };
    expect((await call("GET", "one", { path: "/unread-count" })).json).toEqual({
      success: true,
      data: { count: 1, seq: 1 },
      count: 1,
    });
    expect((await call("GET", "one", { path: `/${id}` })).json).toMatchObject({ data: { id } });
    expect((await call("PATCH", "one", { path: `/${id}`, body: '{"read":true}' })).json.data).toEqual({
      seq: 2,
      unread_count: 0,
    });
    expect((await call("GET", "one", { path: "/changes?after=1" })).json).toMatchObject({
      data: { upserts: [{ id }] },
    });
    expect((await call("POST", "one", { path: "/read-all" })).json.data).toEqual({ seq: 2, unread_count: 0 });
    expect((await call("POST", "one", { path: "/read-all", body: "not json" })).status).toBe(200);
    expect(await call("PATCH", "two", { path: `/${id}`, body: '{"read":false}' })).toMatchObject({ status: 404 });
    expect(await call("DELETE", "two", { path: `/${id}` })).toMatchObject({
      status: 404,
      code: "NOTIFICATION_NOT_FOUND",
    });
    expect((await call("DELETE", "one", { path: `/${id}` })).json.data).toEqual({ seq: 3, unread_count: 0 });
    expect(await call("GET", "one", { path: `/${id}` })).toMatchObject({ status: 404 });
  });

  it.each(["?limit=0", "?limit=x", "?cursor=x", "?cursor=%00", "?filter=%ED%A0%80", "?filter="])(
    "refuses the query %s",
    async (path) => {
      expect(await call("GET", "one", { path })).toMatchObject({ status: 422, code: "VALIDATION_ERROR" });
    },
  );

  it.each(["", "?after=", "?after=-1", "?after=1e9", "?after=99999999999999999999"])(
    "refuses changes%s",
    async (path) => {
      expect(await call("GET", "one", { path: `/changes${path}` })).toMatchObject({ status: 422 });
    },
  );

  it.each(["1", "%00", "\u0000", "\ud800", "../x", "0199a000-0000-7000-8000-00000000000g"])(
    "knows no notification %j",
    async (id) => {
      for (const method of ["GET", "DELETE"] as const)
        expect((await call(method, "one", { path: `/${id}` })).status).toBe(404);
      expect((await call("PATCH", "one", { path: `/${id}`, body: '{"read":true}' })).status).toBe(404);
    },
  );

  it("is refused to machine clients and to other origins", async () => {
    expect(await call("GET", "machine")).toMatchObject({ status: 403, code: "FORBIDDEN" });
    expect(await call("POST", "machine", { path: "/read-all" })).toMatchObject({ status: 403, code: "FORBIDDEN" });
    const cookie = { authorization: "", cookie: "session=one" };
    const foreign = { ...cookie, origin: "http://localhost:3001" };
    expect(await call("POST", "", { path: "/read-all", headers: foreign })).toMatchObject({
      status: 403,
      code: "ORIGIN_REFUSED",
    });
    expect((await call("POST", "", { path: "/read-all", headers: { ...cookie, origin: ORIGIN } })).status).toBe(200);
    expect((await call("GET", "", { headers: foreign })).status).toBe(200);
  });
});

describe("postNotification", () => {
  let server: Server;
  let baseUrl: string;
  beforeAll(async () => {
    server = createServer(async (incoming, outgoing) => {
      const request = new Request(`${baseUrl}${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        body: Readable.toWeb(incoming) as ReadableStream,
        duplex: "half",
      } as RequestInit);
      const response = await router.fetch(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("returns the typed answer of a success", async () => {
    const options = { idempotencyKey: "form-1", locale: "en", requestId: "request-12" } as const;
    const result = await postNotification(baseUrl, "two", { ...message, url: null }, options);
    expect(result).toMatchObject({ ok: true, data: { user_id: 1, url: null, source: "commercial" } });
    const row = await fixture.deps.database.outbox.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(row.requestId).toBe("request-12");
    expect(await postNotification(baseUrl, "two", { ...message, url: null }, options)).toEqual(result);
  });

  it("returns a refusal with its code, texts and field errors", async () => {
    expect(await postNotification(baseUrl, "two", { ...message, titre: "" })).toMatchObject({
      ok: false,
      status: 422,
      code: "VALIDATION_ERROR",
      details: [{ path: "titre", message: "This value is required." }],
    });
    expect(await postNotification(baseUrl, "unknown", message, { locale: "en" })).toMatchObject({
      status: 401,
      message: "Sign in to continue.",
    });
    limited = true;
    expect(await postNotification(baseUrl, "two", message)).toMatchObject({ status: 429, retryAfter: 17 });
    limited = false;
  });

  it("returns status 0 when no answer comes in time", async () => {
    expect(await postNotification("http://127.0.0.1:1", "two", message)).toMatchObject({
      ok: false,
      status: 0,
      code: "UNAVAILABLE",
    });
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await postNotification(url, "two", message, { timeoutMs: 50 })).toMatchObject({ ok: false, status: 0 });
    silent.closeAllConnections();
    silent.close();
  });
});
