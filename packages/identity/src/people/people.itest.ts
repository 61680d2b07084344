import type { Actor, UserActor } from "@mgs/core/actor";
import { beforeEach, describe, expect, it } from "vitest";
import { createRole } from "../roles/create-role";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createSignInLimiter } from "../sign-in-limiter";
import { refusal, useStaffStage } from "../testing/use-staff-stage";
import { disableUser, enableUser } from "../users/disable-user";
import { inviteUser } from "../users/invite-user";
import { setPassword } from "../users/set-password";
import { changeRole } from "./change-role";
import { editPerson } from "./edit-person";
import { forcePasswordChange } from "./force-password-change";
import { listPeople, showPerson } from "./list-people";

const staff = useStaffStage();
const limiters = { limiter: createSignInLimiter(null), codeLimiter: createCodeLimiter(null) };

const { add, deps } = staff;

it("another address and a forced password take a fresh proof; a name does not", async () => {
  const { userId } = await add("Aina", "a@mgs.mg");
  const old = new Date(Date.now() - 11 * 60_000);
  await staff.database.userSession.update({ where: { id: staff.admin.userSessionId }, data: { provedAt: old } });
  const edit = { userId, version: 1, name: "Aina", email: "stranger@mgs.mg", locale: "fr" } as const;
  expect(await refusal(editPerson(deps(), staff.admin, edit))).toBe("PROOF_REQUIRED");
  expect(await refusal(forcePasswordChange(deps(), staff.admin, { userId }))).toBe("PROOF_REQUIRED");
  expect(await showPerson(deps(), staff.admin, userId)).toMatchObject({
    email: "a@mgs.mg",
    password_must_change: false,
  });
  expect(await editPerson(deps(), staff.admin, { ...edit, name: "Aina R.", email: "a@mgs.mg" })).toEqual({
    changed: true,
  });
});

describe("an edit", () => {
  const values = { name: "Aina R.", email: "Aina@MGS.mg", locale: "en" as const };

  it("changes name, address and language, and the trail has both", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    await editPerson(deps(), staff.admin, { userId, version: 1, ...values });
    expect(await showPerson(deps(), staff.admin, userId)).toMatchObject({
      ...values,
      email: "aina@mgs.mg",
      version: 2,
    });
    const event = await staff.database.auditEvent.findFirst({ where: { action: "user.updated", userId } });
    expect(event?.details).toEqual({
      before: { name: "Aina", email: "a@mgs.mg", locale: "fr" },
      after: { ...values, email: "aina@mgs.mg" },
    });
  });

  it("of two at once is refused to the second, with the fields that differ", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    const outcomes = await Promise.allSettled([
      editPerson(deps(), staff.admin, { userId, version: 1, name: "Un", email: "a@mgs.mg", locale: "fr" }),
      editPerson(deps(), staff.admin, { userId, version: 1, name: "Deux", email: "a@mgs.mg", locale: "fr" }),
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
      expect(await refusal(editPerson(deps(), staff.admin, { userId, version: 1, ...values, ...extra }))).toBe(
        "VALIDATION_ERROR",
      );
      expect(await showPerson(deps(), staff.admin, userId)).toMatchObject({
        role: "commercial",
        name: "Aina",
        version: 1,
      });
    },
  );

  it("refuses an address that another one has", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    await expect(
      editPerson(deps(), staff.admin, { userId, version: 1, ...values, email: "V@mgs.mg" }),
    ).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "email", message: "ALREADY_USED" }],
    });
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
    await createRole({ ...deps(), grantable: new Set(permissions) }, staff.admin, { ...role, permissions });
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
      setPassword({ ...deps(), ...limiters }, chief, { userId, password: "une phrase bien longue" }),
    ];
    expect(await Promise.all(acts.map(refusal))).toEqual(acts.map(() => "FORBIDDEN"));
  });
});

it("a new password is asked for once, and not of somebody who has none", async () => {
  const { userId } = await add("Aina", "a@mgs.mg");
  expect(await forcePasswordChange(deps(), staff.admin, { userId })).toEqual({ changed: true, ended: 1 });
  expect(await forcePasswordChange(deps(), staff.admin, { userId })).toEqual({ changed: false, ended: 0 });
  await staff.database.user.update({ where: { id: userId }, data: { passwordHash: "-", passwordMustChange: false } });
  expect(await forcePasswordChange(deps(), staff.admin, { userId })).toMatchObject({ changed: false });
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
      { ...staff.admin, clientId: "commercial" },
    ];
    for (const role of ["direction", "commercial", "gestionnaire", "comptable"]) {
      actors.push(await add(role, `${role}@mgs.mg`, role));
    }
    for (const actor of actors) expect(await refusal(use(actor, userId))).toBe("FORBIDDEN");
  });
});
