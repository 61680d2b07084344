import type { Actor, UserActor } from "@mgs/core/actor";
import type { AppError } from "@mgs/core/errors";
import { PORTAL_SCOPES, type Scope } from "@mgs/core/scopes";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { describe, expect, it } from "vitest";
import { BUSINESS } from "./modules";
import { ACCESS_TABLE, CHANNEL_TABLE, OPEN_CHANNELS } from "./testing/access-table";
import { fillRoute } from "./testing/fill-route";
import { sumTables } from "./testing/sum-tables";
import { CLIENT_ACTOR, SECRET, useOffice } from "./testing/use-office";

const { stage, deps, call, furnish } = useOffice();
const ROUTES = BUSINESS.flatMap(({ routes = [] }) => routes);
const RULES = BUSINESS.flatMap(({ channels = [] }) => channels);
const keyOf = ({ method, path }: (typeof ROUTES)[number]) => `${method} ${path}`;
const without = (actor: UserActor, scope: Scope | null): UserActor => ({
  ...actor,
  scopes: PORTAL_SCOPES.filter((one) => one !== scope),
});

/** An office with one who works on the records, a colleague who is given things, and a stranger. */
async function openOffice() {
  const worker = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const colleague = await stage.add("Aina", "a@mgs.mg", "gestionnaire");
  // This role reads no dossiers but those of its people.
  const stranger = await stage.add("Onja", "o@mgs.mg", "commercial");
  return { worker, colleague, stranger };
}

/** Sums of all tables but the audit trail, into which an export goes, whoever asks for it and whatever it holds. */
async function sumRows() {
  const sums = Object.entries(await sumTables(stage.database));
  return Object.fromEntries(sums.filter(([name]) => !name.startsWith("audit_")));
}

describe("the table", () => {
  it("has every route of the business and no other", () => {
    expect(Object.keys(ACCESS_TABLE).sort()).toEqual(ROUTES.map(keyOf).sort());
    expect(ROUTES.filter(({ access }) => access === "public")).toEqual([]);
  });

  it("has every channel of the business and no other", () => {
    expect(Object.keys(CHANNEL_TABLE).sort()).toEqual([...new Set(RULES.map(({ pattern }) => pattern))].sort());
  });
});

describe("every route", () => {
  it("refuses nobody with 401, a token without its scope and a program with 403, and shows a stranger nothing", async () => {
    const { worker, colleague, stranger } = await openOffice();
    const before = new Map<string, string>();
    for (const route of ROUTES) {
      const row = ACCESS_TABLE[keyOf(route)];
      if (row?.stranger !== "nothing" || row.body) continue;
      before.set(keyOf(route), (await call(stranger, route.method, route.path + (route.query ?? ""))).text);
    }
    const ids = await furnish(worker, colleague);
    const rows = await sumRows();
    const found: string[] = [];
    const expected: string[] = [];
    for (const route of ROUTES) {
      const key = keyOf(route);
      const row = ACCESS_TABLE[key];
      if (!row || route.access === "public") continue;
      const { path, send } = fillRoute(ids, route, row);
      const ask = async (actor: Actor | null) => (await call(actor, route.method, path, send)).outcome;
      const scope = route.scope ?? row.scope ?? null;
      expected.push(`${key}: 401 UNAUTHENTICATED, 403 INSUFFICIENT_SCOPE, 403 FORBIDDEN`);
      found.push(`${key}: ${await ask(null)}, ${await ask(without(worker, scope))}, ${await ask(CLIENT_ACTOR)}`);
      if (row.stranger === "own") continue;
      const answer = await call(stranger, route.method, path, send);
      expect(answer.text, key).not.toMatch(new RegExp(SECRET, "i"));
      expected.push(`${key} stranger: ${row.stranger === "nothing" ? "200" : row.stranger}`);
      found.push(`${key} stranger: ${answer.outcome}`);
      if (before.has(key)) expect(answer.text, `${key}: as if nothing were there`).toBe(before.get(key));
    }
    expect(found).toEqual(expected);
    expect(await sumRows(), "what strangers have changed").toEqual(rows);
  });

  it("admits who works on the records, or the administrator: so what is refused above is refused for its caller", async () => {
    const { worker, colleague } = await openOffice();
    const refused: string[] = [];
    let ids: Awaited<ReturnType<typeof furnish>> | undefined;
    for (const route of ROUTES) {
      const key = keyOf(route);
      const row = ACCESS_TABLE[key];
      if (!row) continue;
      if (!ids) {
        await stage.database.documentUpload.deleteMany();
        await stage.database.savedView.deleteMany();
        await stage.database.absence.deleteMany();
        ids = await furnish(worker, colleague);
      }
      const { path, send } = fillRoute(ids, route, row);
      const { outcome } = await call(row.admits ? stage.admin : worker, route.method, path, send);
      if (!outcome.startsWith("2") && outcome !== row.admitted) refused.push(`${key}: ${outcome}`);
      // What was deleted or answered is there no more for the next one.
      if (route.method === "DELETE" || /\/(answer|withdraw|steps)$/.test(route.path)) ids = undefined;
    }
    expect(refused).toEqual([]);
  });

  it("of lists, search, export, board and figures counts a stranger's own records alone; so does the palette", async () => {
    const { worker, colleague, stranger } = await openOffice();
    await furnish(worker, colleague);
    const { title } = await stage.open(stranger, { title: `Le mien, pas ${SECRET.slice(0, 4)}` });
    const questions = [
      ...[
        "/api/dossiers",
        `/api/dossiers?search=${SECRET}`,
        "/api/dossiers?sort=-opened",
        `/api/dossiers?tag=${SECRET.toLowerCase()}`,
      ],
      ...["/api/dossiers/export", "/api/dossiers/export?format=csv", `/api/dossiers/export?search=${SECRET}`],
      ...["/api/dossiers/board", `/api/dossiers/board?search=${SECRET}`, "/api/sessions"],
    ];
    for (const path of questions) {
      const [theirs, own] = [await call(stranger, "GET", path), await call(worker, "GET", path)];
      expect(own.status, `${path}: ${own.text}`).toBe(200);
      expect(own.text, path).toContain(SECRET);
      expect(theirs.status, path).toBe(200);
      expect(theirs.text, path).not.toContain(SECRET);
    }
    expect((await call(stranger, "GET", "/api/dossiers")).text).toContain(title);
    const sources = (await Promise.all(BUSINESS.map(async ({ palette }) => (await palette?.()) ?? []))).flat();
    const search = async (actor: UserActor) =>
      (await Promise.all(sources.map((source) => source.search(deps() as never, actor, SECRET)))).flat();
    expect((await search(worker)).length).toBeGreaterThan(0);
    expect(await search(stranger)).toEqual([]);
  });
});

describe("every channel", () => {
  it("refuses programs, tokens without its scope, strangers, and records that are not there", async () => {
    const { worker, colleague, stranger } = await openOffice();
    const ids = await furnish(worker, colleague);
    const join = (actor: Actor, channel: string) =>
      authorizeChannel(RULES as never, deps(), actor, channel).then(
        () => "in",
        (error: AppError) => error.code,
      );
    for (const { pattern, scope } of RULES) {
      const channel = pattern.replace("{id}", String(ids.get(CHANNEL_TABLE[pattern] ?? "")));
      const outcomes = [await join(worker, channel), await join(CLIENT_ACTOR, channel), await join(stranger, channel)];
      const strangers = OPEN_CHANNELS.has(pattern) ? "in" : "FORBIDDEN";
      expect([channel, ...outcomes]).toEqual([channel, "in", "FORBIDDEN", strangers]);
      // Who may see all records, and has no scope to read them, sees none: either code is a 403.
      expect(await join(without(worker, scope), channel), channel).toMatch(/^(INSUFFICIENT_SCOPE|FORBIDDEN)$/);
      if (!pattern.includes("{id}")) continue;
      for (const id of ["0", "999999", "1'--", "", "1.5", "0193a000-0000-7000-8000-000000000009"])
        expect(await join(worker, pattern.replace("{id}", id)), `${pattern} ${id}`).toBe("FORBIDDEN");
    }
  });
});
