import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli";

const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.database.user.create({
    data: {
      id: 1,
      email: "admin@mgs.mg",
      name: "Voahangy",
      passwordHash: "-",
      role: "administrateur",
      inbox: { create: {} },
    },
  });
});
afterAll(() => testDatabase.drop());

async function mgs(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    environment: async () => ({
      DATABASE_URL: testDatabase.url,
      REDIS_URL: process.env.MGS_TEST_REDIS_URL,
      ADMINISTRATION_URL: "http://localhost:3000",
      COMMERCIAL_URL: "http://localhost:3001",
      GESTION_DOSSIER_URL: "http://localhost:3002",
    }),
    isDatabaseEmbedded: () => true,
    installation: () => Promise.reject(new Error("nobody examines it here")),
    migrations: MIGRATIONS,
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    colours: false,
    terminal: null,
    input: Readable.from([]),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test("client:create prints credentials, and client:list shows the client without its secret", async () => {
  const created = await mgs("client:create", "--name", "ERP", "--machine", "--scope", "notifications:send", "--json");
  expect(created).toMatchObject({ code: 0, err: "" });
  const client = JSON.parse(created.out);
  expect(client).toMatchObject({ name: "ERP", machine: true, scopes: ["notifications:send"] });
  expect(client.client_id).toEqual(expect.any(String));
  expect(client.client_secret).toMatch(/^[\w-]{43}$/);

  const listed = await mgs("client:list", "--json");
  expect(JSON.parse(listed.out)).toContainEqual(expect.objectContaining({ client_id: client.client_id }));
  expect(listed.out).not.toContain(client.client_secret);
  expect((await mgs("client:list")).out).toMatch(/^CLIENT_ID +NAME +KIND/);
});

test.each([
  "https://*.example.com/cb",
  "https://me@example.com/cb",
  "https://:secret@example.com/cb",
  "https://example.com/#cb",
])("client:create refuses %s, and names the field", async (uri) => {
  const refused = await mgs("client:create", "--name", "X", "--redirect-uri", uri, "--json");
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({
    success: false,
    error: { code: "VALIDATION_ERROR", details: [{ path: "redirectUris.0" }] },
  });
});

test("prints titles and names without control characters and line breaks", async () => {
  const { database } = testDatabase;
  const nasty = "x\u001b[2J\u0007\u009b31m\nid y";
  await database.user.create({
    data: { id: 7, email: "n@mgs.mg", name: nasty, passwordHash: "-", role: "commercial", inbox: { create: {} } },
  });
  const id = "0193a5c0-0000-7000-8000-000000000007";
  await database.notification.create({
    data: { id, userId: 7, seq: 1, type: "test", titre: nasty, message: "m", source: "commercial" },
  });
  const shown = "x\\u001b[2J\\u0007\\u009b31m\\u000aid y";
  for (const command of [["notifications:list", "--user", "7"], ["user:list"]]) {
    const { code, out } = await mgs(...command);
    expect(code).toBe(0);
    expect(out).toContain(shown);
    expect((await mgs(...command, "--json")).out).toContain("\\u009b31m\\nid y");
  }
  const refused = await mgs("notifications:list", "--user", "\u001b[2J");
  expect(refused.err + refused.out).not.toContain("\u001b");
});

test("notify puts a notification into the inbox", async () => {
  const sent = await mgs(
    "notify",
    "--user",
    "1",
    "--titre",
    "Bonjour",
    "--message",
    "De la ligne de commande",
    "--json",
  );
  expect(sent).toMatchObject({ code: 0, err: "" });
  const { id } = JSON.parse(sent.out);
  const row = await testDatabase.database.notification.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ userId: 1, type: "cli", titre: "Bonjour", url: null });
});

test("notify reports an unknown recipient", async () => {
  expect(await mgs("notify", "--user", "999", "--titre", "a", "--message", "b")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("does not exist"),
  });
});

test("migrate applies migrations, and migrate:status lists them", async () => {
  expect(JSON.parse((await mgs("migrate", "--json")).out)).toEqual({ applied: [] });
  const status = await mgs("migrate:status", "--json");
  expect(status.code).toBe(0);
  expect(JSON.parse(status.out)).toContainEqual({ name: "20261120000000_initial", state: "applied" });
});

test("help of every command has exit code 0, and wrong usage has 2", async () => {
  const help = await mgs("--help");
  expect(help.code).toBe(0);
  for (const command of ["client:create", "client:list", "notify", "migrate", "migrate:status"]) {
    expect(help.out).toContain(command);
    expect(await mgs(command, "--help")).toMatchObject({ code: 0, out: expect.stringContaining("--json") });
  }
  expect(await mgs("client:create", "--json")).toMatchObject({ code: 2, err: expect.stringContaining("--name") });
  expect(await mgs("nothing")).toMatchObject({ code: 2 });
  expect(await mgs("client:create", "--name", "a", "--scope", "all")).toMatchObject({ code: 2 });
});
