import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestCommands } from "@mgs/command-kit/testing/command-line";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { readInboxState } from "@mgs/notifications/inbox.repository";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientSecretMatches } from "../clients/client-secret";
import { signIn } from "../sign-in";
import { createSignInLimiter } from "../sign-in-limiter";
import { identityCommands } from "./command-groups";

const dump = (name: string) => fileURLToPath(new URL(`./testing/${name}`, import.meta.url));
const LARAVEL_USERS = dump("laravel-users.csv");
const PASSPORT_CLIENTS = dump("laravel-oauth-clients.csv");

let testDatabase: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "mgs-import-"));
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await testDatabase.drop();
});

const run = createTestCommands(identityCommands, () => ({ DATABASE_URL: testDatabase.url }));
const mgs = (...args: string[]) => run(args);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const roles = ["--map-role", "admin=administrateur", "--map-role", "vendeur=commercial", "--default-role", "comptable"];

describe("people of a Laravel table", () => {
  test("a dry run writes nothing; the import does, once", async () => {
    const { database } = testDatabase;
    expect(await mgs("user:import", LARAVEL_USERS, ...roles, "--dry-run")).toMatchObject({
      code: 0,
      out: "3 people would be added, 0 were there",
    });
    expect(await database.user.count()).toBe(0);
    expect(JSON.parse((await mgs("user:import", LARAVEL_USERS, ...roles, "--json")).out)).toMatchObject({ added: 3 });
    expect((await mgs("user:import", LARAVEL_USERS, ...roles)).out).toBe("0 people added, 3 were there");
    const people = await database.user.findMany({ orderBy: { id: "asc" } });
    expect(people).toMatchObject([
      {
        id: 7,
        name: 'Rakoto, "Bema"',
        email: "bema@mgs.mg",
        emailConfirmedAt: expect.any(Date),
        role: "administrateur",
      },
      { id: 12, role: "comptable", disabledAt: null, emailConfirmedAt: null },
      { id: 31, role: "commercial", disabledAt: expect.any(Date) },
    ]);
    // Their inboxes come with their first notification.
    expect(await readInboxState(database, 7)).toEqual({ seq: 0, unread_count: 0 });
    // The next account gets the next number.
    const next = await database.user.create({
      data: { email: "n@mgs.mg", name: "N", role: "commercial", passwordHash: "" },
    });
    expect(next.id).toBe(32);
    expect(await database.auditEvent.count({ where: { action: "users.imported", actor: "system:cli" } })).toBe(1);
  });

  test("they sign in with their old passwords, and from then on have an argon2id hash", async () => {
    const { database } = testDatabase;
    const sealer = createSealer(randomBytes(32).toString("base64"));
    const deps = { database, limiter: createSignInLimiter(null), sealer };
    const hashOf = async (id: number) => (await database.user.findUniqueOrThrow({ where: { id } })).passwordHash;
    const enter = (email: string, password: string) => signIn(deps, { email, password, ip: "127.0.0.1" });

    await expect(enter("bema@mgs.mg", "wrong")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await hashOf(7)).toMatch(/^\$2y\$10\$/);
    expect(await enter("bema@mgs.mg", "password")).toMatchObject({ user: { id: 7, role: "administrateur" } });
    expect(await hashOf(7)).toMatch(/^\$argon2id\$/);
    expect(await enter("bema@mgs.mg", "password")).toMatchObject({ user: { id: 7 }, passwordHash: await hashOf(7) });

    // At once from two devices: both renew the hash, one of them in vain.
    const both = await Promise.all([1, 2].map(() => enter("lalaina@mgs.mg", "mot de passe")));
    const passwordHash = await hashOf(12);
    expect(both).toEqual([1, 2].map(() => expect.objectContaining({ passwordHash })));
    // Deleted in the old system.
    await expect(enter("ancien@mgs.mg", "password")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await hashOf(31)).toMatch(/^\$2y\$10\$/);
  });

  const HASH = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
  const table = (id: number, name: string, delimiter = ",") =>
    `${["id", "name", "email", "password", "role"].join(delimiter)}\r\n${[id, name, `p${id}@mgs.mg`, HASH, "commercial"].join(delimiter)}\r\n`;
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

  test.each([
    ["UTF-8", Buffer.from(table(201, "Hélène Œuvrard")), ""],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${table(202, "Hélène Œuvrard")}`), ""],
    [
      "Windows-1252 with semicolons, as Excel writes it",
      Buffer.from(table(203, "H\xe9l\xe8ne \x8cuvrard", ";"), "latin1"),
      "Windows-1252",
    ],
    ["UTF-16 with tabs, as Excel writes it", utf16(table(204, "Hélène Œuvrard", "\t")), "UTF-16"],
    ["UTF-16, big-endian", utf16(table(205, "Hélène Œuvrard")).swap16(), "UTF-16"],
    ["Excel's line for what separates", Buffer.from(`sep=;\r\n${table(206, "Hélène Œuvrard", ";")}`), "semicolon"],
  ])("names keep their letters: %s", async (_, bytes, assumed) => {
    const path = file("people.csv", "");
    writeFileSync(path, bytes);
    const done = await mgs("user:import", path, "--json");
    expect(done.code, done.err).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({ added: 1 });
    if (assumed === "") expect(done.err).toBe("");
    else expect(done.err).toContain(assumed);
    const added = await testDatabase.database.user.findMany({ where: { id: { in: [201, 202, 203, 204, 205, 206] } } });
    expect(added.map(({ name }) => name)).toEqual(added.map(() => "Hélène Œuvrard"));
  });

  test.each([
    ["CP850", Buffer.from(table(301, "H\x82l\x8ane"), "latin1"), "line 2 is neither UTF-8 nor Windows-1252"],
    ["bytes that Windows-1252 lacks", Buffer.from(table(301, "H\x81l"), "latin1"), "line 2 is neither"],
    [
      "UTF-8 with one broken letter",
      Buffer.concat([Buffer.from(table(301, "Hélène")), Buffer.from("302,\xe9,", "latin1")]),
      "line 2 is neither",
    ],
    ["UTF-16 without its mark", Buffer.from(table(301, "Hélène"), "utf16le"), "line 1 holds a zero byte"],
    ["UTF-16 cut within a letter", utf16(table(301, "Hélène")).subarray(0, -1), "begins as UTF-16"],
    ["a letter that was lost before", Buffer.from(table(301, "H\ufffdl\ufffdne")), "line 2 holds U+FFFD"],
    ["two separators", Buffer.from("id;name,email\n1;a,b\n"), "comma and semicolon"],
    [
      "a row with fewer columns",
      Buffer.from("id;name;email\n1;a\n"),
      "line 2 has another number of columns than the header line (separated by semicolon)",
    ],
    ["a quote that is not closed", Buffer.from('id,name\n1,"a\n'), "opens a quote that is never closed"],
  ])("a file that cannot be read is refused with its line, and nothing is written: %s", async (_, bytes, reason) => {
    const before = await testDatabase.database.user.count();
    const path = file("people.csv", "");
    writeFileSync(path, bytes);
    const refused = await mgs("user:import", path, "--default-role", "commercial");
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain(reason);
    expect((await mgs("client:import", path)).code).toBe(2);
    expect(await testDatabase.database.user.count()).toBe(before);
  });

  test("a file that is not there is wrong input", async () => {
    const missing = join(tmpdir(), "nowhere.csv");
    for (const command of ["user:import", "client:import"]) {
      const refused = await mgs(command, missing);
      expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining(`${missing}: cannot be read`) });
    }
  });

  test("one bad row and nothing is written; each is named by its line, no value is shown", async () => {
    const { database } = testDatabase;
    const before = await database.user.count();
    const rows = [
      {
        id: 100,
        name: "Bon",
        email: "bon@mgs.mg",
        password: "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
      },
      { id: 101, name: "Clair", email: "clair@mgs.mg", password: "en clair" },
      {
        id: 7,
        name: "Autre",
        email: "autre@mgs.mg",
        password_hash: "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
      },
      {
        id: 102,
        name: "",
        email: "nobody",
        password: "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
        role: "roi",
      },
    ];
    const bad = file("bad.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
    const refused = await mgs("user:import", bad, "--default-role", "commercial");
    expect(refused).toMatchObject({ code: 1, out: "" });
    for (const line of [
      "line 2: password",
      "line 3: id belongs to another",
      "line 4: name",
      "line 4: email",
      "line 4: role",
    ]) {
      expect(refused.err).toContain(line);
    }
    expect(refused.err).not.toContain("en clair");
    expect(await database.user.count()).toBe(before);
    expect((await mgs("user:import", file("users.txt", ""))).err).toContain("has to end with .csv or .jsonl");
    expect((await mgs("user:import", LARAVEL_USERS, "--default-role", "roi")).code).toBe(2);
  });
});

describe("clients of Passport", () => {
  test("keep ids, secrets and redirect URIs; what has no place is named", async () => {
    const { database } = testDatabase;
    const imported = await mgs("client:import", PASSPORT_CLIENTS, "--machine-scope", "notifications:send");
    expect(imported).toMatchObject({ code: 0, err: "" });
    expect(imported.out.split("\n")).toEqual([
      "skipped line 2: 1 made personal access tokens",
      "skipped line 3: 2 used the password grant",
      "skipped line 7: 6 is revoked",
      "3 clients added, 0 were there",
    ]);
    expect(await database.client.findMany({ orderBy: { id: "asc" } })).toMatchObject([
      {
        id: "3",
        machine: false,
        firstParty: false,
        redirectUris: ["http://localhost:9999/callback", "https://intranet.mgs.mg/oauth/retour"],
      },
      { id: "5", machine: true, redirectUris: [], scopes: ["notifications:send"] },
      { id: "9b1f", machine: false },
    ]);
    expect((await mgs("client:import", PASSPORT_CLIENTS)).out).toContain("0 clients added, 3 were there");
  });

  test.each([
    ["3", "passport-secret-of-forty-characters-0003"],
    ["9b1f", "passport-secret-of-forty-characters-0002"],
  ])("client %s proves itself with its old secret", async (id, secret) => {
    const { database } = testDatabase;
    const client = () => database.client.findUniqueOrThrow({ where: { id } });
    expect(await clientSecretMatches({ database }, await client(), `${secret}x`)).toBe(false);
    expect(await clientSecretMatches({ database }, await client(), secret)).toBe(true);
    expect((await client()).secretHash).toMatch(/^[\w-]{43}$/);
    expect(await clientSecretMatches({ database }, await client(), secret)).toBe(true);
  });

  test("Passport 13 writes lists as JSON; a client that cannot work is refused with its line", async () => {
    const modern = { id: "a", name: "Nouveau", secret: "s".repeat(40), redirect_uris: '["https://a.mgs.mg/cb"]' };
    const rows = [
      { ...modern, grant_types: '["authorization_code","refresh_token"]', revoked: false },
      { ...modern, id: "b", redirect_uris: '["https://*.mgs.mg/cb"]', grant_types: '["authorization_code"]' },
      { ...modern, id: "c", secret: null, grant_types: '["authorization_code"]' },
    ];
    const bad = await mgs("client:import", file("c.jsonl", rows.map((row) => JSON.stringify(row)).join("\n")));
    expect(bad.code).toBe(1);
    expect(bad.err).toContain("line 2: redirect");
    expect(bad.err).toContain("line 3: secret is required");
    const good = await mgs("client:import", file("d.jsonl", JSON.stringify(rows[0])));
    expect(good.out).toBe("1 clients added, 0 were there");
  });
});
