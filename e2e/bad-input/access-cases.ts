import { PORTALS, type Portal } from "../../packages/core/src/portals";
import type { RouteMethod } from "../../packages/http/src/route";
import { urlOf } from "../support/instance";
import type { Call } from "./call";
import type { Case } from "./case";
import type { PathRoutes } from "./routes";
import { SESSION_COOKIE, type World } from "./world";

/** Makes the address of a route, with a notification or a record of the caller in its place. */
export function pathOf({ path, query = "" }: PathRoutes, world: World): string {
  const known = path
    .replace("/api/notifications/{id}", `/api/notifications/${world.notifications.mine}`)
    .replace("{uid}", "abcdefghijklmnopqrstu")
    .replace("{day}", "2099-06-26")
    .replace("{year}", "2099");
  const filled = [...world.records].reduce((text, [part, own]) => text.replace(part, own), known);
  return `${filled}${query}`;
}

const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const ALL_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/** Methods that the route does not have, by their names and by headers that override the method on some servers. */
export function methodCases(route: PathRoutes, world: World): Case[] {
  const path = pathOf(route, world);
  const has = [...route.methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))];
  const allow = [...has, "OPTIONS"].join(", ");
  const refused = { status: 405, code: "METHOD_NOT_ALLOWED" as const };
  return [
    ...METHODS.filter((method) => !has.includes(method)).map((method) => ({
      name: "wrong method",
      call: { method, path },
      ...refused,
      allow,
    })),
    ...["PROPFIND", "TRACE"].map((method) => ({
      name: "unknown method",
      call: { method, path },
      ...refused,
      allow: ALL_METHODS,
    })),
    ...((route.methods.includes("DELETE") || route.methods.includes("PUT")) && route.access !== "public"
      ? []
      : [
          {
            name: "X-HTTP-Method-Override",
            call: { method: "PUT", path, headers: { "x-http-method-override": route.methods[0] ?? "GET" } },
            ...(route.methods.includes("PUT") ? { status: 404, code: "NOT_FOUND" as const } : { ...refused, allow }),
          },
        ]),
  ];
}

/** Callers whom the route has to refuse. */
export function accessCases(route: PathRoutes, portal: Portal, world: World): Case[] {
  if (route.access === "public") return [];
  return route.methods.flatMap((method) => {
    const path = pathOf(route, world);
    const as = (headers: Record<string, string>): Call => ({ method, path, headers });
    return [
      { name: "no credentials", call: as({}), status: 401, code: "UNAUTHENTICATED" as const },
      ...Object.entries(world.refused).flatMap(([name, authorization]) => [
        { name: `token ${name}`, call: as({ authorization }), status: 401, code: "UNAUTHENTICATED" as const },
        {
          name: `token ${name} beside a good cookie`,
          call: as({ authorization, cookie: world.cookies[portal] }),
          status: 401,
          code: "UNAUTHENTICATED" as const,
        },
      ]),
      ...cookieCases(portal, world, as),
      ...foreignOriginCases(method, portal, world, as),
      ...wrongPersonCases(route, portal, world, as),
    ];
  });
}

function cookieCases(portal: Portal, world: World, as: (headers: Record<string, string>) => Call): Case[] {
  const name = SESSION_COOKIE[portal];
  const siblings = PORTALS.filter((one) => one !== portal);
  const ended = { status: 401, code: "SESSION_ENDED" as const };
  return [
    { name: "cookie of an ended session", call: as({ cookie: world.endedCookies[portal] }), ...ended },
    { name: "forged cookie", call: as({ cookie: `${name}=${"A".repeat(43)}` }), ...ended },
    { name: "cookie with a NUL", call: as({ cookie: `${name}=%00` }), ...ended },
    { name: "cookie with bad encoding", call: as({ cookie: `${name}=%zz` }), ...ended },
    ...siblings.flatMap((sibling) => [
      {
        name: `cookie of ${sibling}`,
        call: as({ cookie: world.cookies[sibling] }),
        status: 401,
        code: "UNAUTHENTICATED" as const,
      },
      {
        name: `session of ${sibling} under this portal's cookie name`,
        call: as({ cookie: `${name}=${world.cookies[sibling].split("=")[1] ?? ""}` }),
        ...ended,
      },
    ]),
    ...(portal === "commercial"
      ? []
      : [
          {
            name: "a role without this portal",
            call: as({ cookie: world.strangerCookies[portal] }),
            status: 403,
            code: "PORTAL_REFUSED" as const,
          },
        ]),
  ];
}

/** Requests with a cookie from other origins; browsers send cookies to every port, so another portal counts as one. */
function foreignOriginCases(
  method: RouteMethod,
  portal: Portal,
  world: World,
  as: (headers: Record<string, string>) => Call,
): Case[] {
  if (method === "GET") return [];
  const cookie = world.cookies[portal];
  const own = urlOf(portal);
  const origins = {
    "another site": "https://evil.example",
    "a sandboxed frame": "null",
    "a host that begins like ours": `${own}.evil.example`,
    ...Object.fromEntries(PORTALS.filter((one) => one !== portal).map((one) => [`${one}`, urlOf(one)])),
  };
  const refused = { status: 403, code: "ORIGIN_REFUSED" as const, locale: "fr" as const };
  return [
    ...Object.entries(origins).map(([name, origin]) => ({
      name: `cookie, Origin of ${name}`,
      call: as({ cookie, origin }),
      ...refused,
    })),
    {
      name: "cookie, Origin of another site, Host of ours spoofed to match",
      call: as({ cookie, origin: "https://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" }),
      ...refused,
    },
    { name: "cookie, cross-site without Origin", call: as({ cookie, "sec-fetch-site": "cross-site" }), ...refused },
    { name: "cookie, same-site without Origin", call: as({ cookie, "sec-fetch-site": "same-site" }), ...refused },
  ];
}

/** Requests of machine clients, which have no inbox, and of tokens without the scope. */
function wrongPersonCases(
  route: PathRoutes,
  _portal: Portal,
  world: World,
  as: (headers: Record<string, string>) => Call,
): Case[] {
  const { machine, mute } = world.bearer;
  if (route.access === "sender") {
    const refused = { status: 403, code: "INSUFFICIENT_SCOPE" as const };
    const body = { body: JSON.stringify({ user_id: world.me.id, type: "essai", titre: "x", message: "y" }) };
    const json = (authorization: string) => ({ ...as({ authorization, "content-type": "application/json" }), ...body });
    return [{ name: "a machine client's token without the scope", call: json(mute), ...refused }];
  }
  const form = route.path.startsWith("/broadcasting/");
  const body = form ? "socket_id=1.2&channel_name=presence-online-users" : "{}";
  return [machine, mute].map((authorization) => {
    const type = form ? "application/x-www-form-urlencoded" : "application/json";
    const call = as({ authorization, ...(route.methods.length === 1 && !form ? {} : { "content-type": type }) });
    const writes = call.method === "POST" || call.method === "PATCH";
    return {
      name: "a machine client",
      call: { ...call, ...(writes ? { body } : {}) },
      status: 403,
      code: "FORBIDDEN" as const,
    };
  });
}
