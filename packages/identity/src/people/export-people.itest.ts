import { buffer, text } from "node:stream/consumers";
import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { readCsv } from "@mgs/http/csv/read-csv";
import { writeCsv } from "@mgs/http/csv/write-csv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordProof } from "../proofs/proofs.repository";
import { createRole } from "../roles/create-role";
import { signInStaff, staffDeps } from "../testing/staff";
import { exportPeople, PEOPLE_COLUMNS } from "./export-people";
import { listPeople } from "./list-people";

const MANY = 100_000;

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
  await signInStaff(test.database, { name: "=HYPERLINK(1)", email: "formule@mgs.mg", role: "commercial" });
  await test.database.user.create({
    data: { name: "Canari", email: "canari@mgs.mg", passwordHash: "-", role: "commercial", hidden: true },
  });
});
afterAll(() => test.drop());

const deps = () => staffDeps(test.database);
const read = async (input: object = {}, actor = admin) => {
  const { rows, bom } = await exportPeople(deps(), actor, input);
  return buffer(writeCsv(PEOPLE_COLUMNS, rows, { bom }));
};
const exports = () =>
  test.database.auditEvent.findMany({ where: { action: "users.exported" }, orderBy: { id: "desc" } });

describe("the export of people", () => {
  it("has who passes the filter, no hidden account and no formula, and is an event with filter and number", async () => {
    const file = await read({ search: "mgs", sort: "-email" });
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.toString()).toContain(";'=HYPERLINK(1);formule@mgs.mg;commercial;fr;active;no;no;no;");
    expect(readCsv(file).records.map(({ record }) => record.email)).toEqual(["v@mgs.mg", "formule@mgs.mg"]);
    const [event] = await exports();
    expect(event).toMatchObject({ actor: `user:${admin.userId}`, details: { count: 2, search: "mgs" } });
    expect((await read({ role: "direction" })).toString().trim().split("\r\n")).toHaveLength(1);
    expect((await read({ bom: "no" })).toString().startsWith("id;name")).toBe(true);
  });

  it("asks for its own permission and for a fresh proof, and refuses filters that are none", async () => {
    const permissions = ["console.open", "accounts.read", "accounts.manage"];
    const grantable = new Set([...permissions, "accounts.export"]);
    const role = { name_fr: "RH", name_en: "HR", portals: ["administration" as const] };
    await createRole({ ...deps(), grantable }, admin, { ...role, slug: "rh", permissions });
    await createRole({ ...deps(), grantable }, admin, { ...role, slug: "rh2", permissions: [...grantable] });
    const reader = await signInStaff(test.database, { name: "R", email: "r@mgs.mg", role: "rh" });
    const exporter = await signInStaff(test.database, { name: "E", email: "e@mgs.mg", role: "rh2" });
    const before = (await exports()).length;
    await expect(read({}, reader)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await recordProof(test.database, exporter.userSessionId, new Date(Date.now() - 3_600_000));
    await expect(read({}, exporter)).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    await recordProof(test.database, exporter.userSessionId, new Date());
    for (const bad of [{ sort: "password" }, { limit: "1" }, { factor: "x" }, { bom: "maybe" }, { search: "\0" }]) {
      await expect(read(bad, exporter)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    }
    expect(await exports()).toHaveLength(before);
    expect((await read({}, exporter)).toString()).toContain("r@mgs.mg");
    await expect(read({}, { ...exporter, clientId: "commercial" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it(`reads ${MANY} people page by page, no faster than they are taken`, async () => {
    await test.database.$executeRaw`
      INSERT INTO users (name, email, password_hash, role)
      SELECT 'Personne ' || (n % 1000), 'p' || n || '@foule.mg', '-', 'commercial' FROM generate_series(1, ${MANY}::int) n`;
    const { rows } = await exportPeople(deps(), admin, { search: "foule", sort: "name" });
    let taken = 0;
    const counted = (async function* () {
      for await (const row of rows) {
        taken += 1;
        yield row;
      }
    })();
    const stream = writeCsv(PEOPLE_COLUMNS, counted);
    const first = await stream.iterator({ destroyOnReturn: false }).next();
    expect(first.done).toBe(false);
    // A page of 1,000 rows and what the streams hold: the rest waits for the reader.
    expect(taken).toBeLessThan(3_000);
    const rest = await text(stream);
    expect(`${first.value}${rest}`.trimEnd().split("\r\n")).toHaveLength(MANY + 1);
    expect((await exports())[0]).toMatchObject({ details: { count: MANY } });
  }, 60_000);
});

describe("filters of second factor and lockout", () => {
  it("find who has a factor, from the first to the last one, and who has to wait", async () => {
    const { userId } = await signInStaff(test.database, { name: "Faly", email: "faly@facteur.mg", role: "commercial" });
    await signInStaff(test.database, { name: "Sans", email: "sans@facteur.mg", role: "commercial" });
    const names = async (input: object) =>
      (await listPeople(deps(), admin, { search: "facteur", ...input })).items.map(({ name }) => name);
    const passkey = (credentialId: string) => ({
      ...{ id: crypto.randomUUID(), userId, credentialId, publicKey: Buffer.from("k"), counter: 0n, transports: [] },
      ...{ name: "Clé", backedUp: false },
    });
    expect(await names({ factor: "with" })).toEqual([]);
    await test.database.passkey.createMany({ data: [passkey("a"), passkey("b")] });
    await test.database.totpSecret.create({ data: { userId, secret: "s", lastStep: 0n } });
    expect(await names({ factor: "with" })).toEqual(["Faly"]);
    expect(await names({ factor: "without" })).toEqual(["Sans"]);
    await test.database.passkey.deleteMany({ where: { userId } });
    expect(await names({ factor: "with" })).toEqual(["Faly"]);
    await test.database.totpSecret.delete({ where: { userId } });
    expect(await names({ factor: "without" })).toEqual(["Faly", "Sans"]);

    await test.database.user.update({ where: { id: userId }, data: { lockedUntil: new Date(Date.now() + 60_000) } });
    expect(await names({ lock: "locked" })).toEqual(["Faly"]);
    expect(await names({ lock: "free" })).toEqual(["Sans"]);
    await test.database.user.update({ where: { id: userId }, data: { lockedUntil: new Date(Date.now() - 1) } });
    expect(await names({ lock: "free", factor: "without" })).toEqual(["Faly", "Sans"]);
  });
});
