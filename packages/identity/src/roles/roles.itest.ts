import type { Actor } from "@mgs/core/actor";
import type { Attempt } from "@mgs/jobs/delivery-attempt";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { describe, expect, it } from "vitest";
import { can } from "../permissions";
import { findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { actorOf, signInStaff } from "../testing/staff";
import { refusal, useStaffStage } from "../testing/use-staff-stage";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { endSessionsOfPeople } from "./end-sessions-of-people";
import { endSessionsOfRole } from "./end-sessions-of-role";
import { findRole, listRoles } from "./list-roles";
import { updateRole } from "./update-role";

const GRANTABLE = new Set(["accounts.read", "accounts.manage", "roles.read", "console.open"]);
const ROLE = { slug: "assistant", name_fr: "Assistant", name_en: "Assistant", portals: [], permissions: [] };

const staff = useStaffStage();

const deps = () => ({ ...staff.deps(), grantable: GRANTABLE });
const trail = async () =>
  (
    await staff.database.auditEvent.findMany({ orderBy: { at: "asc" }, where: { action: { startsWith: "role." } } })
  ).map(({ action, subject, details }) => ({ action, subject, details }));

/** Runs the outbox rows of these kinds, as the worker does. */
async function work(): Promise<void> {
  const handlers: Record<string, unknown> = {
    "identity.role-reduced": endSessionsOfRole,
    "identity.people-moved": endSessionsOfPeople,
  };
  for (;;) {
    const row = await staff.database.outbox.findFirst({
      where: { state: "pending", kind: { in: Object.keys(handlers) } },
    });
    if (!row) return;
    const handler = handlers[row.kind] as (deps: WorkerDeps, attempt: Attempt<unknown>) => Promise<void>;
    await handler({ ...deps() } as unknown as WorkerDeps, { payload: row.payload } as Attempt<unknown>);
    await staff.database.outbox.update({ where: { id: row.id }, data: { state: "sent" } });
  }
}

describe("roles", () => {
  it("are those of every installation at first, with the portals that they always opened", async () => {
    const roles = await listRoles(deps(), staff.admin);
    expect(roles.map(({ slug, portals, permissions, people }) => [slug, portals, permissions, people])).toEqual([
      ["administrateur", ["administration", "commercial", "gestion-dossier"], [], 1],
      ["commercial", ["commercial"], [], 0],
      ["comptable", ["commercial", "gestion-dossier"], [], 0],
      [
        "direction",
        ["commercial", "gestion-dossier"],
        [
          "dossiers.read-all",
          "dossiers.work",
          "dossiers.decide",
          "dossiers.reopen",
          "dossiers.grant",
          "comments.moderate",
        ],
        0,
      ],
      [
        "gestionnaire",
        ["gestion-dossier"],
        ["dossiers.read-all", "dossiers.work", "dossiers.grant", "comments.moderate"],
        0,
      ],
    ]);
  });

  it("are added, and what they were granted holds with the next call of their people", async () => {
    await createRole(deps(), staff.admin, { ...ROLE, portals: ["administration"], permissions: ["accounts.read"] });
    const assistant = await signInStaff(staff.database, { name: "Aina", email: "a@mgs.mg", role: "assistant" });
    expect([can(assistant, "accounts.read"), can(assistant, "accounts.manage")]).toEqual([true, false]);
    expect([can(assistant, "portal.open", "administration"), can(assistant, "portal.open", "commercial")]).toEqual([
      true,
      false,
    ]);
    const { version } = await findRole(deps(), staff.admin, "assistant");
    await updateRole(deps(), staff.admin, { ...ROLE, version, portals: ["administration"], permissions: [] });
    expect(can(await actorOf(staff.database, assistant.userId), "accounts.read")).toBe(false);
    expect(await trail()).toMatchObject([
      { action: "role.created", details: { permissions: ["accounts.read"] } },
      {
        action: "role.updated",
        subject: "assistant",
        details: { before: { permissions: ["accounts.read"] }, after: { permissions: [] } },
      },
    ]);
  });

  it.each([
    ["a taken slug", { slug: "commercial" }, "slug"],
    ["a slug with a space", { slug: "chef de vente" }, "slug"],
    ["no name", { name_fr: " " }, "name_fr"],
    ["an unknown portal", { portals: ["intranet" as "commercial"] }, "portals.0"],
    ["an unknown permission", { permissions: ["accounts.steal"] }, "permissions"],
    ["a permission that is kept for administrators", { permissions: ["roles.manage"] }, "permissions"],
  ])("are not added with %s", async (_, wrong, path) => {
    await expect(createRole(deps(), staff.admin, { ...ROLE, ...wrong })).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [expect.objectContaining({ path })],
    });
  });

  it("that two edit at once keep the first change, and the second hears of it", async () => {
    await createRole(deps(), staff.admin, ROLE);
    await updateRole(deps(), staff.admin, { ...ROLE, version: 1, name_fr: "Aide" });
    await expect(updateRole(deps(), staff.admin, { ...ROLE, version: 1, name_en: "Helper" })).rejects.toMatchObject({
      code: "EDIT_CONFLICT",
      details: [
        { path: "nameFr", message: "CHANGED_MEANWHILE" },
        { path: "nameEn", message: "CHANGED_MEANWHILE" },
      ],
    });
  });

  it("that lose a portal end their people's sign-ins, all of them, and nobody else's", async () => {
    await createRole(deps(), staff.admin, { ...ROLE, portals: ["commercial", "gestion-dossier"] });
    const { id } = await staff.database.user.create({
      data: { name: "A", email: "aa@mgs.mg", passwordHash: "-", role: "assistant" },
    });
    for (let device = 0; device < 205; device += 1) await actorOf(staff.database, id);
    const other = await signInStaff(staff.database, { name: "C", email: "c@mgs.mg", role: "commercial" });
    await updateRole(deps(), staff.admin, { ...ROLE, version: 1, portals: ["commercial"] });
    await work();
    const ended = { userId: id, endReason: "role-removed" };
    expect(await staff.database.userSession.count({ where: ended })).toBe(205);
    expect(await staff.database.userSession.count({ where: { endedAt: null } })).toBe(2);
    const session = await staff.database.userSession.findUniqueOrThrow({ where: { id: other.userSessionId } });
    expect(await findLiveByOidcUid(staff.database, session.oidcSessionUid)).not.toBeNull();
  });

  it("that lose a right to daily work end their people's sign-ins, by which open channels of records close", async () => {
    const grantable = new Set(["dossiers.read-all", "people.read"]);
    const withRights = { ...deps(), grantable };
    await createRole(withRights, staff.admin, { ...ROLE, permissions: [...grantable] });
    const { userSessionId } = await signInStaff(staff.database, { name: "A", email: "aa@mgs.mg", role: "assistant" });
    const endOf = async () =>
      (await staff.database.userSession.findUniqueOrThrow({ where: { id: userSessionId } })).endReason;
    await updateRole(withRights, staff.admin, { ...ROLE, version: 1, permissions: ["dossiers.read-all"] });
    await work();
    expect(await endOf()).toBeNull();
    await updateRole(withRights, staff.admin, { ...ROLE, version: 2, permissions: [] });
    await work();
    expect(await endOf()).toBe("role-removed");
  });

  it("of administrators keep their rights, and every installation's stay", async () => {
    const { version } = await findRole(deps(), staff.admin, "administrateur");
    const names = { name_fr: "Admin", name_en: "Admin" };
    const all = ["administration", "commercial", "gestion-dossier"] as const;
    const change = (portals: readonly (typeof all)[number][]) =>
      updateRole(deps(), staff.admin, {
        slug: "administrateur",
        version,
        ...names,
        portals: [...portals],
        permissions: [],
      });
    expect(await refusal(change(["commercial"]))).toBe("ROLE_FIXED");
    expect(await refusal(change(all))).toBe("done");
    expect(await refusal(deleteRole(deps(), staff.admin, { slug: "comptable" }))).toBe("ROLE_FIXED");
    const restored = { name_fr: "Administrateur", name_en: "Administrator", portals: [...all], permissions: [] };
    await updateRole(deps(), staff.admin, { slug: "administrateur", version: version + 1, ...restored });
  });

  it("in use are removed only with another role for their people, who are told and signed out", async () => {
    await createRole(deps(), staff.admin, ROLE);
    const person = await signInStaff(staff.database, { name: "Aina", email: "a@mgs.mg", role: "assistant" });
    const remove = (to?: string) =>
      deleteRole(deps(), staff.admin, { slug: "assistant", ...(to === undefined ? {} : { to }) });
    expect(await refusal(remove())).toBe("ROLE_IN_USE");
    expect(await refusal(remove("assistant"))).toBe("VALIDATION_ERROR");
    expect(await refusal(remove("roi"))).toBe("VALIDATION_ERROR");
    expect(await remove("comptable")).toEqual({ moved: 1 });
    expect(await staff.database.user.findUnique({ where: { id: person.userId } })).toMatchObject({ role: "comptable" });
    await work();
    const session = await staff.database.userSession.findUnique({ where: { id: person.userSessionId } });
    expect(session).toMatchObject({ endReason: "role-removed" });
    const notice = await staff.database.outbox.findFirst({ where: { kind: "identity.security-notice" } });
    expect(notice?.payload).toMatchObject({
      user_id: person.userId,
      notice: "role-changed",
      details: { role: "Comptable" },
    });
    expect(await refusal(remove("comptable"))).toBe("ROLE_NOT_FOUND");
  });
});

describe("no other role", () => {
  const uses: [string, (actor: Actor) => Promise<unknown>][] = [
    ["lists roles", (actor) => listRoles(deps(), actor)],
    ["reads a role", (actor) => findRole(deps(), actor, "commercial")],
    ["adds a role", (actor) => createRole(deps(), actor, ROLE)],
    ["changes a role", (actor) => updateRole(deps(), actor, { ...ROLE, slug: "commercial", version: 1 })],
    ["removes a role", (actor) => deleteRole(deps(), actor, { slug: "commercial" })],
  ];
  it.each(uses)("%s", async (_, use) => {
    await createRole(deps(), staff.admin, {
      ...ROLE,
      portals: ["administration"],
      permissions: ["accounts.read", "accounts.manage"],
    });
    const actors: Actor[] = [
      { kind: "client", clientId: "erp", scopes: [] },
      { ...staff.admin, clientId: "commercial" },
    ];
    for (const role of ["direction", "commercial", "gestionnaire", "comptable", "assistant"]) {
      actors.push(await signInStaff(staff.database, { name: role, email: `${role}@mgs.mg`, role }));
    }
    for (const actor of actors) expect(await refusal(use(actor))).toBe("FORBIDDEN");
  });

  it("and a stale proof changes none", async () => {
    const old = new Date(Date.now() - 11 * 60_000);
    await staff.database.userSession.update({ where: { id: staff.admin.userSessionId }, data: { provedAt: old } });
    for (const [name, use] of uses.slice(2))
      expect([name, await refusal(use(staff.admin))]).toEqual([name, "PROOF_REQUIRED"]);
  });
});
