import { ISSUER_PORTAL, PORTALS, type Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";

/** Every route handler of the three portals, in one place. A test compares it with the `route.ts` files there are. */

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A route handler of a portal, as far as refusing goes. */
export type Route = {
  /** Folder of its `route.ts` below `src/app`. */
  folder: string;
  portals: readonly Portal[];
  methods: readonly Method[];
  /** `person`: somebody signed in, by cookie or token; `sender`: a token or cookie that may send. */
  access: "public" | "person" | "sender";
  /** The scope that a token needs, by method; `null` where it depends on what is asked for. Not for public routes. */
  scopes?: Partial<Record<Method, Scope | null>>;
  /** Methods that read a body, and of which kind. */
  body?: { methods: readonly Method[]; kind: "json" | "form"; maxBytes: number };
  /** A query without which the route says no. */
  query?: string;
};

const CLIENTS: readonly Portal[] = ["commercial", "gestion-dossier"];
const ISSUER_ALONE: readonly Portal[] = [ISSUER_PORTAL];
const KIB = 1_024;
const json = (...methods: Method[]) => ({ methods, kind: "json" as const, maxBytes: 64 * KIB });
const form = (maxBytes: number) => ({ methods: ["POST" as const], kind: "form" as const, maxBytes });

export const ROUTES: readonly Route[] = [
  {
    folder: "api/notifications",
    portals: PORTALS,
    methods: ["GET"],
    access: "person",
    scopes: { GET: "notifications:read" },
  },
  {
    folder: "api/notifications/unread-count",
    portals: PORTALS,
    methods: ["GET"],
    access: "person",
    scopes: { GET: "notifications:read" },
  },
  {
    folder: "api/notifications/changes",
    portals: PORTALS,
    methods: ["GET"],
    access: "person",
    scopes: { GET: "notifications:read" },
    query: "?after=0",
  },
  {
    folder: "api/notifications/read-all",
    portals: PORTALS,
    methods: ["POST"],
    access: "person",
    scopes: { POST: "notifications:write" },
  },
  {
    folder: "api/notifications/[id]",
    portals: PORTALS,
    methods: ["GET", "PATCH", "DELETE"],
    access: "person",
    scopes: { GET: "notifications:read", PATCH: "notifications:write", DELETE: "notifications:write" },
    body: json("PATCH"),
  },
  {
    folder: "api/notifications/send",
    portals: ISSUER_ALONE,
    methods: ["POST"],
    access: "sender",
    scopes: { POST: "notifications:send" },
    body: json("POST"),
  },
  { folder: "api/users", portals: PORTALS, methods: ["GET"], access: "person", scopes: { GET: "users:read" } },
  {
    folder: "api/me",
    portals: PORTALS,
    methods: ["GET", "PATCH"],
    access: "person",
    scopes: { GET: "profile", PATCH: "profile:write" },
    body: json("PATCH"),
  },
  {
    folder: "broadcasting/auth",
    portals: PORTALS,
    methods: ["POST"],
    access: "person",
    scopes: { POST: null },
    body: form(4 * KIB),
  },
  {
    folder: "broadcasting/user-auth",
    portals: PORTALS,
    methods: ["POST"],
    access: "person",
    scopes: { POST: "openid" },
    body: form(4 * KIB),
  },
  { folder: "api/logout", portals: PORTALS, methods: ["POST"], access: "public" },
  { folder: "api/[...path]", portals: PORTALS, methods: ["GET", "POST", "PUT", "PATCH", "DELETE"], access: "public" },
  { folder: "health/live", portals: PORTALS, methods: ["GET"], access: "public" },
  { folder: "health/ready", portals: PORTALS, methods: ["GET"], access: "public" },
  { folder: "metrics", portals: PORTALS, methods: ["GET"], access: "public" },
  { folder: "login/oauth", portals: PORTALS, methods: ["GET"], access: "public" },
  { folder: "login/retour", portals: ISSUER_ALONE, methods: ["GET"], access: "public" },
  { folder: "api/auth/callback/mgs", portals: CLIENTS, methods: ["GET"], access: "public" },
  { folder: "api/auth/backchannel-logout", portals: CLIENTS, methods: ["POST"], access: "public" },
  {
    folder: "interaction/[uid]/login",
    portals: ISSUER_ALONE,
    methods: ["POST"],
    access: "public",
    body: form(16 * KIB),
  },
  {
    folder: "interaction/[uid]/consent",
    portals: ISSUER_ALONE,
    methods: ["POST"],
    access: "public",
    body: form(16 * KIB),
  },
];

/** Endpoints of the provider, by their name in the discovery document. */
export const PROVIDER_ENDPOINTS: Readonly<Record<string, string>> = {
  authorization_endpoint: "/oauth/authorize",
  token_endpoint: "/oauth/token",
  userinfo_endpoint: "/oauth/userinfo",
  jwks_uri: "/oauth/jwks",
  revocation_endpoint: "/oauth/revoke",
  introspection_endpoint: "/oauth/introspect",
  end_session_endpoint: "/oauth/logout",
};
