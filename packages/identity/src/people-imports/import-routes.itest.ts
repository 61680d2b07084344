import type { UserActor } from "@mgs/core/actor";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createRouter } from "@mgs/http/router";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signInStaff, staffDeps } from "../testing/staff";
import { importRoutes } from "./import-routes";
import { importOpenApi } from "./import-routes.openapi";

const ORIGIN = "http://administration.test";
const NAVIGATION = { accept: "text/html,*/*;q=0.8" };
const PATH = "/api/people/imports";

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
});
afterAll(() => test.drop());

async function ask(path: string, init: RequestInit = {}, actor = admin): Promise<Response> {
  const settings = { ownOrigin: ORIGIN, logger: createLogger("test", "silent") };
  const authenticate = async () => ({ actor, via: "cookie" as const });
  const headers = { origin: ORIGIN, ...Object.fromEntries(new Headers(init.headers)) };
  const request = new Request(`${ORIGIN}${path}`, { ...init, headers });
  const router = createRouter({ ...settings, authenticate }, [
    { routes: importRoutes, deps: staffDeps(test.database) },
  ]);
  const response = await router.fetch(request.clone());
  await checkAnswer({ routes: importRoutes, docs: importOpenApi }, request, response);
  return response;
}

function upload(content: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, actor = admin) {
  const body = new FormData();
  body.set("file", new File([content], "e.csv"));
  return ask(PATH, { method: "POST", body, headers }, actor);
}

it("a file leads a browser to what it would do, and a program gets the id", async () => {
  const led = await upload("nom;email;role\nA;a@mgs.mg;commercial\n", NAVIGATION);
  expect([led.status, led.headers.get("location")]).toEqual([
    303,
    expect.stringMatching(/^\/console\/personnes\/imports\/[0-9a-f-]{36}$/),
  ]);
  const answered = await upload("nom;email;role\nA;a@mgs.mg;commercial\n");
  expect(answered.status).toBe(201);
});

it("a file that cannot be used leads a browser back with the reason, and answers a program with 422 or 413", async () => {
  const cases: [string | Uint8Array<ArrayBuffer>, string, number][] = [
    ["nom;mdp;email\n", "problem=PASSWORD_COLUMN&line=1", 422],
    ['nom;email\n"A;a@mgs.mg\n', "problem=QUOTE&line=2", 422],
    ["", "problem=NO_FILE", 422],
    [new Uint8Array(6 * 1_024 * 1_024).fill(65), "problem=TOO_LARGE", 413],
  ];
  for (const [content, query, status] of cases) {
    const led = await upload(content, NAVIGATION);
    expect(led.headers.get("location")).toBe(`/console/personnes/importer?${query}`);
    expect((await upload(content)).status).toBe(status);
  }
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect((await ask(PATH, { method: "POST", body: "role=", headers: form })).status).toBe(422);
  expect((await ask(PATH, { method: "POST", body: "nom;email", headers: { "content-type": "text/csv" } })).status).toBe(
    415,
  );
  const broken = { "content-type": "multipart/form-data; boundary=x" };
  expect((await ask(PATH, { method: "POST", body: "no parts", headers: broken })).status).toBe(400);
  expect((await upload("nom;email\n", { origin: "https://evil.example" })).status).toBe(403);
  const person = { ...admin, role: "commercial", portals: [], permissions: [] };
  expect((await upload("nom;email\n", {}, person)).status).toBe(403);
});

it("the bad lines are a CSV file in the reader's language, for their own check alone", async () => {
  const { data } = (await (await upload("nom;email;role\n;x;pape\n=A;a@mgs.mg;commercial\n")).json()) as {
    data: { id: string };
  };
  const path = `${PATH}/${data.id}/problems`;
  const rows = (await (await ask(path)).text()).trim().split("\r\n");
  expect(rows).toEqual([
    "line;column;email;code;reason",
    "2;nom;x;REQUIRED;valeur obligatoire",
    "2;email;x;INVALID_EMAIL;ce n’est pas une adresse e-mail complète",
    "2;role;x;UNKNOWN_ROLE;ce rôle n’existe pas",
  ]);
  expect(await (await ask(path, {}, { ...admin, locale: "en" })).text()).toContain("there is no such role");
  const other = await signInStaff(test.database, { name: "B", email: "b@mgs.mg", role: "administrateur" });
  expect((await ask(path, {}, other)).status).toBe(404);
  expect((await ask(`${PATH}/x/problems`)).status).toBe(404);
});
