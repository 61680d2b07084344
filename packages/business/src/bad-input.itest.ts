import { type RouteTableDocs, routeKey } from "@mgs/http/route-docs";
import { type BadValue, badValuesOf, isInvisible, withBadValue } from "@mgs/http/testing/bad-values";
import { describe, expect, it } from "vitest";
import { BUSINESS } from "./modules";
import { ACCESS_TABLE } from "./testing/access-table";
import { fillRoute } from "./testing/fill-route";
import { sumTables } from "./testing/sum-tables";
import { useOffice } from "./testing/use-office";

/**
 * Bad input to every route of the business, about records that are there, from somebody who may. The table of the browser tests sends what
 * is bad for every route alike; this one knows each field by the schema that the API's document shows.
 */

const { stage, call, furnish } = useOffice();
const DOCS: RouteTableDocs = Object.assign({}, ...(await Promise.all(BUSINESS.map((one) => one.openApi?.()))));
const ROUTES = BUSINESS.flatMap(({ routes = [] }) => routes).flatMap((route) => {
  const key = routeKey(route);
  const [docs, row] = [DOCS[key], ACCESS_TABLE[key]];
  return docs && row && !("leftOut" in docs) ? [{ key, route, docs, row }] : [];
});

/** Texts that may be missing: without a visible character they are empty. */
const OPTIONAL_TEXTS: ReadonlySet<string> = new Set([
  ...["POST /api/dossiers description", "POST /api/dossiers concerned.contact", "POST /api/dossiers origin.title"],
  ...["PATCH /api/dossiers/{id} concerned.contact", "POST /api/sessions place"],
  ...["PUT /api/dossiers/{id}/comment-drafts content", "PUT /api/sessions/{id}/comment-drafts content"],
  ...[
    "PUT /api/conversations/{id}/drafts content",
    "POST /api/conversations name",
    "PATCH /api/conversations/{id} name",
  ],
]);

async function openOffice() {
  const worker = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const colleague = await stage.add("Aina", "a@mgs.mg", "gestionnaire");
  return { worker, ids: await furnish(worker, colleague) };
}

/** Whether a refusal names the field that is bad, one around it or one in it. */
function isNamed(text: string, { path }: BadValue): boolean {
  const { details = [] } = (JSON.parse(text) as { error: { details?: { path: string }[] } }).error;
  const bad = path.join(".");
  return details.some((one) => `${one.path}.`.startsWith(`${bad}.`) || `${bad}.`.startsWith(`${one.path}.`));
}

const shorten = (value: unknown) => String(JSON.stringify(value)).slice(0, 60);

describe("bad input to the business", () => {
  it("is refused in every field of every body, at its place, and changes no row", { timeout: 300_000 }, async () => {
    const { worker, ids } = await openOffice();
    const before = await sumTables(stage.database);
    const faults: string[] = [];
    let sent = 0;
    for (const { key, route, docs, row } of ROUTES) {
      if (docs.body === undefined || route.body?.kind !== "json") continue;
      const { path, send } = fillRoute(ids, route, row);
      const good = send.body as object;
      for (const bad of badValuesOf(docs.body.schema)) {
        const at = `${key} ${bad.path.join(".")}`;
        if (OPTIONAL_TEXTS.has(at) && isInvisible(bad.value)) continue;
        const actor = row.admits ? stage.admin : worker;
        const { outcome, text } = await call(actor, route.method, path, { body: withBadValue(good, bad) });
        sent += 1;
        // The query of a view is named by its own parts.
        const isAtItsPlace = outcome === "422 VALIDATION_ERROR" && (isNamed(text, bad) || /views.* query$/.test(at));
        if (!isAtItsPlace) faults.push(`${at} ${shorten(bad.value)}: ${text.slice(0, 300)}`);
      }
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(1_000);
    expect(await sumTables(stage.database)).toEqual(before);
  });

  it("is refused in every value of a query, as its schema says", { timeout: 300_000 }, async () => {
    const { worker, ids } = await openOffice();
    const faults: string[] = [];
    const values = [
      ...["", "x", "-1", "1.5", "1e999", "9".repeat(40), "\u0000", "a\u0000b", "%", "__proto__", "constructor", "[]"],
      ...["' OR '1'='1", "\u200b", "𝕏".repeat(2_000), "2026-02-30", "0", "1", "true", "null", "\u0661"],
    ];
    for (const { key, route, docs, row } of ROUTES) {
      // Which lists there are is the composition's to say, so its schema takes any name.
      if (route.method !== "GET" || key === "GET /api/views") continue;
      const { path } = fillRoute(ids, { path: route.path }, row);
      const needed = Object.fromEntries(new URLSearchParams(route.query ?? ""));
      const actor = row.admits ? stage.admin : worker;
      const fields = [...Object.keys(docs.query?.shape ?? {}), "inconnu"];
      for (const [field, value] of fields.flatMap((one) => values.map((value) => [one, value] as const))) {
        const query = { ...needed, [field]: value };
        const { status, outcome } = await call(actor, "GET", `${path}?${new URLSearchParams(query)}`, {
          headers: row.headers ?? {},
        });
        const isRight = docs.query?.safeParse(query).success ?? false;
        const expected = docs.query === undefined ? [200, 204, 404] : isRight ? [200, 404] : [422];
        if (!expected.includes(status)) faults.push(`${key} ${field}=${shorten(value)}: ${outcome}, not ${expected}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("in the address is a record that is not there", { timeout: 300_000 }, async () => {
    const { worker, ids } = await openOffice();
    const before = await sumTables(stage.database);
    const faults: string[] = [];
    const bad = [
      ...[
        "0",
        "-1",
        "1.5",
        "01",
        "1e3",
        "999999",
        "9".repeat(40),
        "2147483648",
        "x",
        "null",
        "__proto__",
        "a".repeat(3_000),
      ],
      ...["%00", "1%00", "%F0%9F%98%80", "%20", "1'--", "..%2f1", "0193a000-0000-7000-8000-00000000dead"],
    ];
    for (const { key, route, row } of ROUTES) {
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([part]) => part);
      for (const [name, id] of names.flatMap((one) => bad.map((id) => [one, id] as const))) {
        const { path, send } = fillRoute(
          ids,
          { ...route, path: route.path.replace(name, "BAD") as typeof route.path },
          row,
        );
        const actor = row.admits ? stage.admin : worker;
        const { outcome } = await call(actor, route.method, path.replace("BAD", id), send);
        if (!/^404 /.test(outcome)) faults.push(`${key} ${name} ${id.slice(0, 20)}: ${outcome}`);
      }
    }
    expect(faults).toEqual([]);
    expect(await sumTables(stage.database)).toEqual(before);
  });
});
