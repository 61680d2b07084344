import { describe, expect, it } from "vitest";
import { refusal, useStaffStage } from "../testing/use-staff-stage";
import { disableUser } from "../users/disable-user";
import { inviteUser } from "../users/invite-user";
import { changeRole } from "./change-role";

const staff = useStaffStage();
const { add, deps } = staff;

describe("another role", () => {
  it("ends the person's sign-ins, and they are told in their language", async () => {
    const person = await add("Aina", "a@mgs.mg");
    await staff.database.user.update({ where: { id: person.userId }, data: { locale: "en" } });
    expect(await changeRole(deps(), staff.admin, { userId: person.userId, role: "comptable" })).toEqual({
      changed: true,
    });
    expect(await changeRole(deps(), staff.admin, { userId: person.userId, role: "comptable" })).toEqual({
      changed: false,
    });
    const session = await staff.database.userSession.findUnique({ where: { id: person.userSessionId } });
    expect(session).toMatchObject({ endReason: "role-removed" });
    const rows = await staff.database.outbox.findMany({ orderBy: { kind: "asc" } });
    expect(rows.map(({ kind }) => kind)).toEqual(["identity.security-notice", "session.ended"]);
    expect(rows[0]?.payload).toMatchObject({ notice: "role-changed", details: { role: "Accountant" } });
    expect(rows[1]?.payload).toMatchObject({ reason: "role-removed" });
  });

  it("needs a fresh proof, and a role that exists", async () => {
    const { userId } = await add("Aina", "a@mgs.mg");
    expect(await refusal(changeRole(deps(), staff.admin, { userId, role: "roi" }))).toBe("VALIDATION_ERROR");
    const old = new Date(Date.now() - 11 * 60_000);
    await staff.database.userSession.update({ where: { id: staff.admin.userSessionId }, data: { provedAt: old } });
    expect(await refusal(changeRole(deps(), staff.admin, { userId, role: "comptable" }))).toBe("PROOF_REQUIRED");
    const chief = { name: "Chef", email: "chef@mgs.mg", role: "administrateur" };
    expect(await refusal(inviteUser(deps(), staff.admin, chief))).toBe("PROOF_REQUIRED");
    expect(await refusal(inviteUser(deps(), staff.admin, { ...chief, role: "comptable" }))).toBe("done");
  });

  it("leaves an administrator: the last is neither demoted nor disabled, even when two go at once", async () => {
    const userId = staff.admin.userId;
    expect(await refusal(changeRole(deps(), staff.admin, { userId, role: "comptable" }))).toBe("LAST_ADMINISTRATOR");
    expect(await refusal(disableUser(deps(), staff.admin, { userId }))).toBe("LAST_ADMINISTRATOR");
    const second = await add("Rivo", "r@mgs.mg", "administrateur");
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all([
        refusal(changeRole(deps(), staff.admin, { userId: second.userId, role: "comptable" })),
        round % 2 === 0
          ? refusal(changeRole(deps(), second, { userId, role: "comptable" }))
          : refusal(disableUser(deps(), second, { userId })),
      ]);
      // The one that comes second is the last by then, or signed out by the first already.
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(["LAST_ADMINISTRATOR", "PROOF_REQUIRED"]).toContain(outcomes.find((outcome) => outcome !== "done"));
      const left = { role: "administrateur", disabledAt: null };
      expect(await staff.database.user.count({ where: left })).toBe(1);
      await staff.database.user.updateMany({
        where: { id: { in: [userId, second.userId] } },
        data: { role: "administrateur", disabledAt: null },
      });
      await staff.database.userSession.updateMany({ data: { endedAt: null, endReason: null } });
    }
  });
});
