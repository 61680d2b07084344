import type { Actor, UserActor } from "@mgs/core/actor";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createRouter } from "@mgs/http/router";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordProof } from "../proofs/proofs.repository";
import { signInStaff, staffDeps } from "../testing/staff";
import { peopleRoutes } from "./people-routes";
import { peopleOpenApi } from "./people-routes.openapi";

const ORIGIN = "http://administration.test";
const NAVIGATION = { accept: "text/html,*/*;q=0.8" };

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
  for (const n of [1, 2, 3])
    await signInStaff(test.database, { name: `Personne ${n}`, email: `p${n}@mgs.mg`, role: "comptable" });
});
afterAll(() => test.drop());

async function ask(actor: Actor, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const deps = staffDeps(test.database);
  const settings = { ownOrigin: ORIGIN, logger: createLogger("test", "silent") };
  const authenticate = async () => ({ actor, via: "bearer" as const });
  const request = new Request(`${ORIGIN}${path}`, { headers });
  const response = await createRouter({ ...settings, authenticate }, [{ routes: peopleRoutes, deps }]).fetch(request);
  await checkAnswer({ routes: peopleRoutes, docs: peopleOpenApi }, request, response);
  return response;
}

type Page = { data: { items: { name: string }[]; next: string | null; previous: string | null } };

it("GET /api/people answers pages with search, filters and order, to a program and to an administrator of any client", async () => {
  const program: Actor = { kind: "client", clientId: "paie", scopes: ["people:read"] };
  const path = "/api/people?search=mgs&role=comptable&sort=-name&limit=2";
  const first = (await (await ask(program, path)).json()) as Page;
  expect(first.data.items).toMatchObject([
    { name: "Personne 3", role: "comptable", role_name: "Comptable", second_factor: false, locked: false, sessions: 1 },
    { name: "Personne 2" },
  ]);
  expect(first.data.items[0]).not.toHaveProperty("version");
  expect(first.data.previous).toBeNull();
  const of = { ...admin, clientId: "agenda", locale: "en" as const };
  const second = (await (await ask(of, `${path}&after=${first.data.next}`)).json()) as Page;
  expect(second.data).toMatchObject({ items: [{ name: "Personne 1", role_name: "Accountant" }], next: null });
  const back = (await (await ask(of, `${path}&before=${second.data.previous}`)).json()) as Page;
  expect(back.data.items.map(({ name }) => name)).toEqual(["Personne 3", "Personne 2"]);
});

it("refuses tokens without the scope, people without the permission, and input that is none", async () => {
  const codeOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };
  const person = await signInStaff(test.database, { name: "X", email: "x@autre.mg", role: "comptable" });
  expect(await codeOf(await ask({ ...admin, scopes: ["users:read"] }, "/api/people"))).toEqual([
    403,
    "INSUFFICIENT_SCOPE",
  ]);
  const without: Actor = { kind: "client", clientId: "paie", scopes: ["notifications:send"] };
  expect(await codeOf(await ask(without, "/api/people"))).toEqual([403, "INSUFFICIENT_SCOPE"]);
  expect(await codeOf(await ask(person, "/api/people"))).toEqual([403, "FORBIDDEN"]);
  for (const bad of ["limit=201", "limit=x", "after=x", "sort=hash", "factor=1", "hidden=true", "search=%00"]) {
    expect(await codeOf(await ask(admin, `/api/people?${bad}`))).toEqual([422, "VALIDATION_ERROR"]);
  }
});

it("the export leads a browser whose proof is old to the proof, and back to the list with its filters", async () => {
  await recordProof(test.database, admin.userSessionId, new Date(Date.now() - 3_600_000));
  const path = "/api/people/export?search=mgs&lock=free&bom=no";
  const led = await ask(admin, path, NAVIGATION);
  expect(led.status).toBe(303);
  const location = new URL(led.headers.get("location") ?? "", ORIGIN);
  expect([location.pathname, location.searchParams.get("retour")]).toEqual([
    "/preuve",
    "/console/personnes?search=mgs&lock=free",
  ]);
  expect((await ask(admin, path)).status).toBe(403);
  await recordProof(test.database, admin.userSessionId, new Date());
  const file = await ask(admin, path, NAVIGATION);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="personnes-\d{4}-\d\d-\d\d\.csv"$/);
  expect((await file.text()).split("\r\n")[0]).toMatch(/^id;name;email;role;locale;state;/);
});
