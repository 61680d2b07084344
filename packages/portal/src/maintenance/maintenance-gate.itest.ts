import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Session } from "@mgs/identity/portal-session";
import type { MaintenanceDto } from "@mgs/maintenance/contract/maintenance";
import { createMaintenanceReader } from "@mgs/maintenance/maintenance-reader";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMaintenanceGate } from "./maintenance-gate";

const STATE: MaintenanceDto = {
  message: "Mise à jour <b>de la base</b>",
  starts_at: "2026-11-29T15:00:00.000Z",
  expected_end: "2026-11-29T16:30:00.000Z",
  retry_seconds: 90,
};
const sessionOf = (role: string): Session => ({
  user: {
    id: 1,
    name: "Hery <Rakoto>",
    email: "h@mgs.mg",
    role,
    roleNames: { fr: role, en: role },
    portals: ["commercial"],
    permissions: [],
    locale: "fr",
    theme: "system",
    timeZone: null,
    disabledAt: null,
  },
  userSessionId: "019ab000-0000-7000-8000-000000000001",
  portalSessionId: null,
  expiresAt: null,
  mayOpen: true,
});
const ADMINISTRATOR = { id: 2, name: "Voahangy" };
const SESSIONS: Readonly<Record<string, Session>> = {
  admin: sessionOf("administrateur"),
  hery: sessionOf("commercial"),
  acting: {
    ...sessionOf("commercial"),
    ...{
      impersonation: {
        id: "019ab000-0000-7000-8000-000000000002",
        administrator: ADMINISTRATOR,
        expiresAt: new Date(),
      },
    },
    // The person may have no right to open the portal in which the administrator stands.
    mayOpen: false,
  },
};

let current: MaintenanceDto | null;
let server: Server;
let origin: string;
let nowMs = 0;

beforeAll(async () => {
  const reader = createMaintenanceReader(
    async () => current,
    () => nowMs,
  );
  const gate = createMaintenanceGate({
    portal: "commercial",
    policy: {
      origin: "http://localhost:3001",
      pusher: { key: "k", cluster: "mt1", host: "localhost", port: 6001, tls: false },
      formAction: () => [],
      development: false,
    },
    reader,
    sessions: { portal: "commercial", cookieName: "session", find: async (cookie = "") => SESSIONS[cookie] ?? null },
  });
  server = createServer((request, response) => {
    const pathname = new URL(request.url ?? "", "http://x").pathname;
    const goOn = () => response.end("portal");
    if (gate.isOpen(pathname)) return goOn();
    void gate.answer(pathname, request, response).then((answered) => answered || goOn());
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  current = STATE;
  nowMs += 10_000;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const HTML = { accept: "text/html,application/xhtml+xml" };
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${origin}${path}`, { headers });

describe("while the portals are closed", () => {
  it.each([
    ["fr", "Maintenance en cours", "Commercial revient", "Retour prévu le 29 novembre 2026"],
    ["en", "Down for maintenance", "Commercial will be back", "Expected back on November 29, 2026"],
  ])("a page in %s says so, with the message and when to come back", async (language, title, intro, expected) => {
    const response = await get("/dashboard", { ...HTML, "accept-language": language, cookie: "session=hery" });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("90");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page = await response.text();
    expect(page).toContain(`<html lang="${language}"`);
    for (const text of [title, intro, expected]) expect(page).toContain(text);
    expect(page).toContain("Mise à jour &#60;b&#62;de la base");
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "none";
    expect(page).toContain(`<script nonce="${nonce}">`);
  });

  it.each([
    ["GET", "/api/notifications", {}],
    ["POST", "/api/notifications/send", { authorization: "Bearer a-token" }],
    ["GET", "/api/notifications", HTML],
    ["POST", "/dashboard", { "next-action": "abc" }],
    ["GET", "/dashboard", { rsc: "1" }],
  ])("%s %s answers in the envelope", async (method, path, headers) => {
    const body = method === "POST" ? { body: "{}" } : {};
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { "accept-language": "en", ...headers },
      ...body,
    });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("90");
    expect(await response.json()).toEqual({
      success: false,
      error: { code: "MAINTENANCE", message: "The service is down for maintenance." },
      data: STATE,
    });
  });

  it("HEAD has the same headers and no body", async () => {
    const response = await fetch(`${origin}/dashboard`, { method: "HEAD", headers: HTML });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "90"]);
  });

  it.each([
    "/health/live",
    "/health/ready",
    "/metrics",
    "/oauth/token",
    "/oauth/jwks",
    "/.well-known/openid-configuration",
    "/interaction/abc",
    "/interaction/abc/login",
    "/login/oauth",
    "/login/retour",
    "/logout",
    "/logout/termine",
    "/broadcasting/auth",
    "/api/auth/callback/mgs",
    "/api/auth/backchannel-logout",
    "/api/maintenance",
    "/api/impersonation/end",
    "/_next/static/chunks/a.js",
  ])("%s stays open", async (path) => {
    expect(await (await get(path)).text()).toBe("portal");
  });

  it.each(["/logoutx", "/api/maintenancex", "/metricsx", "/loginx", "/console/sante", "/"])(
    "%s does not",
    async (path) => {
      expect((await get(path)).status).toBe(503);
    },
  );

  it("an administrator's session works on; another's and a token's do not", async () => {
    expect(await (await get("/dashboard", { ...HTML, cookie: "session=admin" })).text()).toBe("portal");
    expect(await (await get("/api/notifications", { cookie: "session=admin" })).text()).toBe("portal");
    expect((await get("/dashboard", { cookie: "session=hery" })).status).toBe(503);
    expect((await get("/dashboard", { cookie: "session=unknown" })).status).toBe(503);
    expect((await get("/api/notifications", { authorization: "Bearer admin" })).status).toBe(503);
  });
});

describe("an administrator who acts in the name of somebody without the right to pass", () => {
  it.each([
    ["fr", "Redevenir vous-même"],
    ["en", "Be yourself again"],
  ])(
    "finds the way back to themself on the page in %s, also where that person may not enter",
    async (language, button) => {
      const response = await get("/console/maintenance", {
        ...HTML,
        "accept-language": language,
        cookie: "session=acting",
      });
      expect(response.status).toBe(503);
      const page = await response.text();
      expect(page).toContain('<form method="post" action="/api/impersonation/end">');
      expect(page).toContain("Hery &#60;Rakoto&#62;");
      expect(page).toContain(`<button>${button}</button>`);
      expect(page).not.toContain('href="/login/oauth"');
    },
  );

  it("nobody else sees that form", async () => {
    for (const cookie of ["session=hery", "session=unknown"])
      expect(await (await get("/dashboard", { ...HTML, cookie })).text()).not.toContain("<form");
  });
});

it("an announced maintenance closes nothing, and the portals open within seconds of its end", async () => {
  current = { ...STATE, starts_at: new Date(Date.now() + 60_000).toISOString() };
  nowMs += 10_000;
  expect(await (await get("/dashboard")).text()).toBe("portal");
  current = STATE;
  nowMs += 3_001;
  expect((await get("/dashboard")).status).toBe(503);
  current = null;
  nowMs += 3_001;
  expect(await (await get("/dashboard")).text()).toBe("portal");
});
