import type { Actor, UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRole } from "../roles/create-role";
import { signInStaff, staffDeps } from "../testing/staff";
import { disableUser, enableUser } from "../users/disable-user";
import { inviteUser } from "../users/invite-user";
import { setPassword } from "../users/set-password";
import { changeRole } from "./change-role";
import { editPerson } from "./edit-person";
import { forcePasswordChange } from "./force-password-change";
import { listPeople, showPerson } from "./list-people";

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.user.deleteMany();
  await test.database.role.deleteMany({ where: { builtIn: false } });
  await test.database.outbox.deleteMany();
  await test.database.$executeRaw`DELETE FROM audit_keys`;
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
});

const deps = () => staffDeps(test.database);
const add = (name: string, email: string, role = "commercial") => signInStaff(test.database, { name, email, role });
const refusal = (promise: Promise<unknown>) =>
  promise.then(() => "done").catch((error: { code?: string }) => error.code);
const names = async (input: object) => (await listPeople(deps(), admin, input)).items.map(({ name }) => name);

describe("the list of people", () => {
  beforeEach(async () => {
    const people = [
      ["Hélène Œuvrard", "helene@mgs.mg", "commercial"],
      ["Aina Rakoto", "aina.rakoto@mgs.mg", "comptable"],
      ["Aina Rakoto", "aina2@mgs.mg", "commercial"],
      ["Zo Andria", "zo@exemple.org", "direction"],
    ] as const;
    for (const [name, email, role] of people) await add(name, email, role);
    await test.database.user.update({ where: { email: "zo@exemple.org" }, data: { disabledAt: new Date() } });
    await test.database.user.create({
      data: { name: "Canari", email: "canari@mgs.mg", passwordHash: "-", role: "commercial", hidden: true },
    });
  });

  it.each([
    [{}, ["Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy", "Zo Andria"]],
    [{ sort: "-created" }, ["Zo Andria", "Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy"]],
    [{ sort: "-email" }, ["Zo Andria", "Voahangy", "Hélène Œuvrard", "Aina Rakoto", "Aina Rakoto"]],
    [{ search: "HELENE" }, ["Hélène Œuvrard"]],
    [{ search: "œuv hél" }, ["Hélène Œuvrard"]],
    [{ search: "rak ain", role: "comptable" }, ["Aina Rakoto"]],
    [{ search: "exemple" }, ["Zo Andria"]],
    [{ search: "aina.rakoto@mgs.mg" }, ["Aina Rakoto"]],
    [{ search: "kot" }, []],
    [{ search: "'; & | ! :* <->" }, ["Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy", "Zo Andria"]],
    [{ state: "disabled" }, ["Zo Andria"]],
    [{ state: "active", role: "direction" }, []],
  ])("with %j", async (input, expected) => {
    expect(await names(input)).toEqual(expected);
  });

  it.each(["name", "-name", "email", "-email", "created", "-created"])(
    "goes by pages forth and back: %s",
    async (sort) => {
      const all = (await listPeople(deps(), admin, { sort })).items.map(({ id }) => id);
      const seen: number[][] = [];
      let page = await listPeople(deps(), admin, { sort, limit: 2 });
      expect(page.previous).toBeNull();
      for (;;) {
        seen.push(page.items.map(({ id }) => id));
        if (!page.next) break;
        page = await listPeople(deps(), admin, { sort, limit: 2, after: page.next });
      }
      expect(seen.flat()).toEqual(all);
      const back: number[][] = [seen.at(-1) ?? []];
      while (page.previous) {
        page = await listPeople(deps(), admin, { sort, limit: 2, before: page.previous });
        back.unshift(page.items.map(({ id }) => id));
      }
      expect(back.flat()).toEqual(all);
    },
  );

  it.each([{ after: "x" }, { sort: "password" }, { state: "gone" }, { limit: 0 }, { search: "\0" }, { hidden: true }])(
    "refuses %j",
    async (input) => {
      expect(await refusal(listPeople(deps(), admin, input))).toBe("VALIDATION_ERROR");
    },
  );

  it("goes by name as people read it: letters with accents and small ones stand where they sound", async () => {
    for (const name of ["Élodie Razaf", "emile Rabe", "Eva Rasoa"])
      await add(name, `${name.slice(-4).toLowerCase()}@mgs.mg`, "comptable");
    const order = ["Élodie Razaf", "emile Rabe", "Eva Rasoa"];
    const all = await names({});
    expect(all.filter((name) => order.includes(name))).toEqual(order);
    expect(all.slice(-2)).toEqual(["Voahangy", "Zo Andria"]);
  });

  it("shows nobody of the product's own", async () => {
    const { id } = await test.database.user.findFirstOrThrow({ where: { hidden: true } });
    expect(await refusal(showPerson(deps(), admin, id))).toBe("USER_NOT_FOUND");
    expect(await refusal(disableUser(deps(), admin, { userId: id }))).toBe("USER_NOT_FOUND");
    expect(await refusal(showPerson(deps(), admin, 99_999_999_999))).toBe("USER_NOT_FOUND");
  });
});

it("another address and a forced password take a fresh proof; a name does not", async () => {
  const { userId } = await add("Aina", "a@mgs.mg");
  const old = new Date(Date.now() - 11 * 60_000);
  await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt: old } });
  const edit = { userId, version: 1, name: "Aina", email: "stranger@mgs.mg", locale: "fr" } as const;
  expect(await refusal(editPerson(deps(), admin, edit))).toBe("PROOF_REQUIRED");
  expect(await refusal(forcePasswordChange(deps(), admin, { userId }))).toBe("PROOF_REQUIRED");
  expect(await showPerson(deps(), admin, userId)).toMatchObject({ email: "a@mgs.mg", password_must_change: false });
  expect(await editPerson(deps(), admin, { ...edit, name: "Aina R.", email: "a@mgs.mg" })).toEqual({ changed: true });
});

describe("an edit", () => {
  const values = { name: "Aina R.", email: "Aina@MGS.mg", locale: "en" as const };

  it("changes name, address and language, and the trail has both", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    await editPerson(deps(), admin, { userId, version: 1, ...values });
    expect(await showPerson(deps(), admin, userId)).toMatchObject({ ...values, email: "aina@mgs.mg", version: 2 });
    const event = await test.database.auditEvent.findFirst({ where: { action: "user.updated", userId } });
    expect(event?.details).toEqual({
      before: { name: "Aina", email: "a@mgs.mg", locale: "fr" },
      after: { ...values, email: "aina@mgs.mg" },
    });
  });

  it("of two at once is refused to the second, with the fields that differ", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    const outcomes = await Promise.allSettled([
      editPerson(deps(), admin, { userId, version: 1, name: "Un", email: "a@mgs.mg", locale: "fr" }),
      editPerson(deps(), admin, { userId, version: 1, name: "Deux", email: "a@mgs.mg", locale: "fr" }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const failed = outcomes.find((one) => one.status === "rejected");
    expect(failed?.reason).toMatchObject({
      code: "EDIT_CONFLICT",
      status: 409,
      details: [{ path: "name", message: "CHANGED_MEANWHILE" }],
    });
  });

  it.each([{ role: "administrateur" }, { disabledAt: null }, { passwordHash: "x" }, { hidden: true }])(
    "refuses %j along with it",
    async (extra) => {
      const { userId } = await add("Aina", "a@mgs.mg");
      expect(await refusal(editPerson(deps(), admin, { userId, version: 1, ...values, ...extra }))).toBe(
        "VALIDATION_ERROR",
      );
      expect(await showPerson(deps(), admin, userId)).toMatchObject({ role: "commercial", name: "Aina", version: 1 });
    },
  );

  it("refuses an address that another one has", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    await expect(editPerson(deps(), admin, { userId, version: 1, ...values, email: "V@mgs.mg" })).rejects.toMatchObject(
      {
        code: "VALIDATION_ERROR",
        details: [{ path: "email", message: "ALREADY_USED" }],
      },
    );
  });
});

describe("another role", () => {
  it("ends the person's sign-ins, and they are told in their language", async () => {
    const person = await add("Aina", "a@mgs.mg");
    await test.database.user.update({ where: { id: person.userId }, data: { locale: "en" } });
    expect(await changeRole(deps(), admin, { userId: person.userId, role: "comptable" })).toEqual({ changed: true });
    expect(await changeRole(deps(), admin, { userId: person.userId, role: "comptable" })).toEqual({ changed: false });
    const session = await test.database.userSession.findUnique({ where: { id: person.userSessionId } });
    expect(session).toMatchObject({ endReason: "role-removed" });
    const rows = await test.database.outbox.findMany({ orderBy: { kind: "asc" } });
    expect(rows.map(({ kind }) => kind)).toEqual(["identity.security-notice", "session.ended"]);
    expect(rows[0]?.payload).toMatchObject({ notice: "role-changed", details: { role: "Accountant" } });
    expect(rows[1]?.payload).toMatchObject({ reason: "role-removed" });
  });

  it("needs a fresh proof, and a role that exists", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    expect(await refusal(changeRole(deps(), admin, { userId, role: "roi" }))).toBe("VALIDATION_ERROR");
    const old = new Date(Date.now() - 11 * 60_000);
    await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt: old } });
    expect(await refusal(changeRole(deps(), admin, { userId, role: "comptable" }))).toBe("PROOF_REQUIRED");
    const chief = { name: "Chef", email: "chef@mgs.mg", role: "administrateur" };
    expect(await refusal(inviteUser(deps(), admin, chief))).toBe("PROOF_REQUIRED");
    expect(await refusal(inviteUser(deps(), admin, { ...chief, role: "comptable" }))).toBe("done");
  });

  it("leaves an administrator: the last is neither demoted nor disabled, even when two go at once", async () => {
    const userId = admin.userId;
    expect(await refusal(changeRole(deps(), admin, { userId, role: "comptable" }))).toBe("LAST_ADMINISTRATOR");
    expect(await refusal(disableUser(deps(), admin, { userId }))).toBe("LAST_ADMINISTRATOR");
    const second = await add("Rivo", "r@mgs.mg", "administrateur");
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all([
        refusal(changeRole(deps(), admin, { userId: second.userId, role: "comptable" })),
        round % 2 === 0
          ? refusal(changeRole(deps(), second, { userId, role: "comptable" }))
          : refusal(disableUser(deps(), second, { userId })),
      ]);
      // The one that comes second is the last by then, or signed out by the first already.
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(["LAST_ADMINISTRATOR", "PROOF_REQUIRED"]).toContain(outcomes.find((outcome) => outcome !== "done"));
      const left = { role: "administrateur", disabledAt: null };
      expect(await test.database.user.count({ where: left })).toBe(1);
      await test.database.user.updateMany({
        where: { id: { in: [userId, second.userId] } },
        data: { role: "administrateur", disabledAt: null },
      });
      await test.database.userSession.updateMany({ data: { endedAt: null, endReason: null } });
    }
  });
});

describe("a role with accounts.manage", () => {
  let chief: UserActor;
  beforeEach(async () => {
    const role = {
      slug: "rh",
      name_fr: "RH",
      name_en: "HR",
      portals: ["administration", "commercial"] as ("commercial" | "administration")[],
    };
    const permissions = ["accounts.read", "accounts.manage"];
    await createRole({ ...deps(), grantable: new Set(permissions) }, admin, { ...role, permissions });
    chief = await add("Chef RH", "rh@mgs.mg", "rh");
  });

  it("manages people who hold no more than it does, and gives no role that does", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    expect(await refusal(forcePasswordChange(deps(), chief, { userId }))).toBe("done");
    expect(await refusal(changeRole(deps(), chief, { userId, role: "rh" }))).toBe("done");
    for (const role of ["administrateur", "gestionnaire"]) {
      expect(await refusal(changeRole(deps(), chief, { userId, role }))).toBe("FORBIDDEN");
      expect(await refusal(inviteUser(deps(), chief, { name: "N", email: "n@mgs.mg", role }))).toBe("FORBIDDEN");
    }
  });

  it.each(["administrateur", "direction"])("touches nobody with the role %s", async (role) => {
    const { userId } = await add("Autre", "autre@mgs.mg", role);
    const edit = { userId, version: 1, name: "X", email: "x@mgs.mg", locale: "fr" as const };
    const acts = [
      editPerson(deps(), chief, edit),
      changeRole(deps(), chief, { userId, role: "commercial" }),
      disableUser(deps(), chief, { userId }),
      enableUser(deps(), chief, { userId }),
      forcePasswordChange(deps(), chief, { userId }),
      setPassword(deps(), chief, { userId, password: "une phrase bien longue" }),
    ];
    expect(await Promise.all(acts.map(refusal))).toEqual(acts.map(() => "FORBIDDEN"));
  });
});

it("a new password is asked for once, and not of somebody who has none", async () => {
  const { userId } = await add("Aina", "a@mgs.mg");
  expect(await forcePasswordChange(deps(), admin, { userId })).toEqual({ changed: true, ended: 1 });
  expect(await forcePasswordChange(deps(), admin, { userId })).toEqual({ changed: false, ended: 0 });
  await test.database.user.update({ where: { id: userId }, data: { passwordHash: "-", passwordMustChange: false } });
  expect(await forcePasswordChange(deps(), admin, { userId })).toMatchObject({ changed: false });
});

describe("no other role", () => {
  const uses: [string, (actor: Actor, userId: number) => Promise<unknown>][] = [
    ["lists people", (actor) => listPeople(deps(), actor)],
    ["reads a person", (actor, userId) => showPerson(deps(), actor, userId)],
    [
      "edits a person",
      (actor, userId) => editPerson(deps(), actor, { userId, version: 1, name: "X", email: "x@mgs.mg", locale: "fr" }),
    ],
    ["gives a role", (actor, userId) => changeRole(deps(), actor, { userId, role: "direction" })],
    ["disables", (actor, userId) => disableUser(deps(), actor, { userId })],
    ["enables", (actor, userId) => enableUser(deps(), actor, { userId })],
    ["forces a password", (actor, userId) => forcePasswordChange(deps(), actor, { userId })],
    ["invites", (actor) => inviteUser(deps(), actor, { name: "N", email: "n@mgs.mg", role: "commercial" })],
  ];
  it.each(uses)("%s", async (_, use) => {
    const { userId } = await add("Aina", "a@mgs.mg");
    const actors: Actor[] = [
      { kind: "client", clientId: "erp", scopes: [] },
      { ...admin, clientId: "commercial" },
    ];
    for (const role of ["direction", "commercial", "gestionnaire", "comptable"]) {
      actors.push(await add(role, `${role}@mgs.mg`, role));
    }
    for (const actor of actors) expect(await refusal(use(actor, userId))).toBe("FORBIDDEN");
  });
});
