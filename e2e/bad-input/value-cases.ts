import type { Portal } from "../../packages/core/src/portals";
import { businessCases } from "./business-cases";
import type { Call } from "./call";
import type { Case } from "./case";
import type { PathRoutes } from "./routes";
import type { World } from "./world";

const invalid = { status: 422, code: "VALIDATION_ERROR" as const, locale: "fr" as const };
const notFound = { status: 404, code: "NOTIFICATION_NOT_FOUND" as const, locale: "fr" as const };
const UNKNOWN_ID = "00000000-0000-7000-8000-000000000000";

/** Requests with one invalid value in the address or a field; the rest of each request is valid. */
export function valueCases(route: PathRoutes, _portal: Portal, world: World): Case[] {
  switch (route.path) {
    case "/api/notifications/send":
      return sendCases(world);
    case "/api/notifications/{id}":
      return notificationCases(world);
    case "/api/notifications":
      return queryCases(world, "/api/notifications", [
        ...[
          "limit=0",
          "limit=101",
          "limit=-1",
          "limit=1.5",
          "limit=1e1",
          "limit=",
          "limit=x",
          "limit=%00",
          "limit=9e999",
        ],
        ...["filter=", "filter=nope", "filter=ALL", "filter=__proto__", "filter=constructor"],
        ...["cursor=", "cursor=x", "cursor=%00", "cursor=1' OR '1'='1".replaceAll(" ", "%20")],
        ...["limit=5&limit=x", "filter=all&filter=nope", `limit=${"9".repeat(5_000)}`],
      ]);
    case "/api/notifications/changes":
      return queryCases(world, "/api/notifications/changes", [
        ...["", "after=", "after=-1", "after=x", "after=1.5", "after=1e3", "after=%00", "after=1&after=x"],
        ...["after=0x10", "after=%D9%A1", `after=${"9".repeat(40)}`, "AFTER=1", "after[]=1"],
      ]);
    case "/api/users":
      return queryCases(world, "/api/users", [
        "search=%00",
        `search=${"a".repeat(101)}`,
        `search=a%00${"b".repeat(5)}`,
      ]);
    case "/api/me":
      return preferencesCases(world);
    default:
      return businessCases(route, world);
  }
}

function queryCases(world: World, path: string, queries: readonly string[]): Case[] {
  return queries.map((query) => ({
    name: "query",
    call: { path: `${path}?${query}`, headers: { authorization: world.bearer.me } },
    ...invalid,
  }));
}

function preferencesCases(world: World): Case[] {
  const headers = { authorization: world.bearer.me, "content-type": "application/json" };
  const bodies = [
    ...[{ locale: "de" }, { locale: null }, { locale: ["fr"] }, { locale: "FR" }, { theme: "neon" }, { theme: 1 }],
    ...[
      { time_zone: "Mars/Olympus" },
      { time_zone: "+03:00" },
      { time_zone: "" },
      { time_zone: 3 },
      { time_zone: "UTC\n" },
    ],
    ...[
      { role: "administrateur" },
      { locale: "en", role: "administrateur" },
      { locale: "en", id: 1 },
      { locale: "\0" },
    ],
  ];
  return bodies.map((body) => ({
    name: JSON.stringify(body),
    call: { method: "PATCH", path: "/api/me", headers, body: JSON.stringify(body) },
    ...invalid,
  }));
}

function notificationCases(world: World): Case[] {
  const headers = { authorization: world.bearer.me, "content-type": "application/json" };
  const calls = (path: string): Call[] => [
    { path, headers },
    { method: "PATCH", path, headers, body: '{"read":true}' },
    { method: "DELETE", path, headers },
  ];
  const ids = [
    ...[UNKNOWN_ID, "1", "x", "%00", "null", "__proto__", "constructor", "%27%20OR%201%3D1", "a".repeat(3_000)],
    ...[
      "%F0%9F%98%80",
      `${world.notifications.mine}%00`,
      `${world.notifications.mine}x`,
      `%20${world.notifications.mine}`,
    ],
    ...["..%2f..%2fme", `{${world.notifications.mine}}`],
  ];
  const undecodable = ["%zz", "%", "%ff", "%ED%A0%80", "%C0%80"];
  const bodies = [
    ...[{ read: "yes" }, { read: null }, { read: 1 }, { archived: [] }, { archived: "false" }, { deleted: true }],
    ...[
      { read: true, seq: 1 },
      { read: true, user_id: world.other.id },
      { read: true, "\ud800": 1 },
    ],
  ];
  return [
    ...calls(`/api/notifications/${world.notifications.theirs}`).map((call) => ({
      name: "another person's notification",
      call,
      ...notFound,
    })),
    ...ids.flatMap((id) =>
      calls(`/api/notifications/${id}`).map((call) => ({
        name: "an unknown id",
        call,
        ...notFound,
        // An id that PostgreSQL cannot store is refused before the lookup.
        ...(id.includes("%00") ? { code: "NOT_FOUND" as const } : {}),
      })),
    ),
    ...undecodable.flatMap((id) =>
      calls(`/api/notifications/${id}`).map((call) => ({
        name: "an address that cannot be decoded",
        call,
        status: 400,
        code: "BAD_REQUEST" as const,
      })),
    ),
    ...bodies.map((body) => ({
      name: JSON.stringify(body),
      call: {
        method: "PATCH",
        path: `/api/notifications/${world.notifications.mine}`,
        headers,
        body: JSON.stringify(body),
      },
      ...invalid,
    })),
  ];
}

function sendCases(world: World): Case[] {
  const good = { user_id: world.me.id, type: "essai", titre: "Titre", message: "Message", url: "/dashboard" };
  const wrong: Record<string, readonly unknown[]> = {
    user_id: [
      ...[undefined, null, "", 0, -1, 1.5, "1.5", "01", "+1", " 1", "1e3", "x", true, [], [1], {}, 2_147_483_648],
      ...["99999999999", 1e300, "\u0661", "1\u0000"],
    ],
    type: [undefined, null, "", "A", "a b", "é", "a".repeat(65), 1, ["a"], "a\u0000", "a\n", "<script>", "../x"],
    titre: [undefined, null, "", " \n\t", "x".repeat(201), 1, ["x"], {}, "a\u0000b", "\ud800", "x\udfff", "\u3000"],
    message: [
      undefined,
      null,
      "",
      "   ",
      "\u2028",
      "\u200b",
      "x".repeat(5_001),
      "😀".repeat(5_001),
      1,
      [],
      "a\u0000",
      "\udc00\ud800",
    ],
    url: [
      ...["", "x", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)"],
      ...[
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
      ],
      ...["https://", "http:evil.example", "https://portal@evil.example", "ftp://x", "/a\u0000", "/\ud800", 1, [], {}],
      ...["/\t/evil.example", `/${"a".repeat(2_048)}`, "mailto:a@b.c", "http://[::1", "blob:http://x/1"],
    ],
  };
  const headers = { authorization: world.bearer.me, "content-type": "application/json" };
  const post = (body: unknown, more: Record<string, string> = {}): Call => ({
    method: "POST",
    path: "/api/notifications/send",
    headers: { ...headers, ...more },
    body: JSON.stringify(body),
  });
  const fields = Object.entries(wrong).flatMap(([field, values]) =>
    values.map((value) => ({
      name: `${field} ${String(JSON.stringify(value)).slice(0, 40)}`,
      call: post({ ...good, [field]: value }),
      ...invalid,
    })),
  );
  const keys = ["", " ", "é", "a b", "x".repeat(256), "\u0080"];
  return [
    ...fields,
    ...[2_147_483_647, "2147483647"].map((user_id) => ({
      name: "unknown user",
      call: post({ ...good, user_id }),
      status: 404,
      code: "USER_NOT_FOUND" as const,
      locale: "fr" as const,
    })),
    ...keys
      .filter((key) => key.trim() !== "")
      .map((key) => ({
        name: `Idempotency-Key ${key.slice(0, 9)}`,
        call: post(good, { "idempotency-key": key }),
        ...invalid,
      })),
    {
      name: "two Idempotency-Keys",
      call: { ...post(good), headers: { ...headers, "idempotency-key": ["a", "b"] } },
      ...invalid,
    },
    {
      name: "an invalid field of an English reader",
      call: post({ ...good, titre: "" }, { authorization: world.bearer.other }),
      ...invalid,
      locale: "en",
    },
    { name: "duplicate JSON keys: the last counts", call: { ...post(good), body: duplicate(good) }, ...invalid },
  ];
}

function duplicate(good: object): string {
  return JSON.stringify(good).replace(/}$/, ',"titre":""}');
}
