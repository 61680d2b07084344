import type { UserActor } from "@mgs/core/actor";
import { refusal, useStaffStage } from "@mgs/identity/testing/use-staff-stage";
import type { BellMessage, WorkerDeps } from "@mgs/module/worker-deps";
import { beforeEach, describe, expect, it } from "vitest";
import { findSubstitutes } from "../absences.repository";
import { endAbsence } from "./end-absence";
import { listAbsences } from "./list-absences";
import { nameSubstitute } from "./name-substitute";
import { tellAbsence } from "./tell-absence";

const TODAY = "2026-11-30";
const staff = useStaffStage();
const deps = () => ({ ...staff.deps(), clock: { now: () => new Date(`${TODAY}T09:00:00Z`) } });
let hery: UserActor;
let lala: UserActor;
let rado: UserActor;
beforeEach(async () => {
  await staff.database.absence.deleteMany();
  hery = await staff.add("Hery", "hery@mgs.mg");
  lala = await staff.add("Lala", "lala@mgs.mg");
  rado = await staff.add("Rado", "rado@mgs.mg");
});

const away = (who: UserActor, substitute: UserActor, first = TODAY, last = "2026-12-04") =>
  nameSubstitute(deps(), who, { substitute_id: substitute.userId, first_day: first, last_day: last });

describe("an absence", () => {
  it("is seen by both, lets the colleague stand in on its days, and ends when its person says so", async () => {
    const absence = await away(hery, lala, TODAY, "2026-12-02");
    expect(absence).toMatchObject({ user: { name: "Hery" }, substitute: { name: "Lala" }, is_on: true });
    expect(await listAbsences(deps(), hery)).toEqual({ own: [absence], standing_in: [] });
    expect(await listAbsences(deps(), lala)).toEqual({ own: [], standing_in: [absence] });
    expect(await listAbsences(deps(), rado)).toEqual({ own: [], standing_in: [] });
    const standsIn = (day: string) => findSubstitutes(staff.database, [hery.userId], day);
    expect(await Promise.all(["2026-11-29", TODAY, "2026-12-02", "2026-12-03"].map(standsIn))).toEqual([
      ...[[], [lala.userId], [lala.userId], []],
    ]);

    expect(await refusal(endAbsence(deps(), rado, absence.id))).toBe("NOT_FOUND");
    expect(await refusal(endAbsence(deps(), lala, absence.id))).toBe("FORBIDDEN");
    await endAbsence(deps(), hery, absence.id);
    expect(await refusal(endAbsence(deps(), hery, absence.id))).toBe("NOT_FOUND");
    expect(await standsIn(TODAY)).toEqual([]);
    const audited = await staff.database.auditEvent.findMany({ where: { action: { startsWith: "absence." } } });
    expect(audited.map(({ action }) => action).sort()).toEqual(["absence.ended", "absence.named"]);
  });

  it("is told to both by the bell, each in their language and once for a row", async () => {
    await staff.database.user.update({ where: { id: lala.userId }, data: { locale: "en" } });
    await away(hery, lala);
    const rows = await staff.database.outbox.findMany({ where: { kind: "calendar.absence-changed" } });
    expect(rows).toHaveLength(1);
    const rung: BellMessage[] = [];
    const worker = { database: staff.database, ringBell: async (m: BellMessage) => void rung.push(m) };
    const [row] = rows;
    await tellAbsence(worker as unknown as WorkerDeps, { id: row?.id, payload: row?.payload } as never);
    expect(rung.map(({ userId }) => userId).sort()).toEqual([hery.userId, lala.userId].sort());
    expect(rung.find(({ userId }) => userId === hery.userId)).toMatchObject({
      type: "absence.named",
      message: "Lala vous remplace du 30 novembre 2026 au 4 décembre 2026.",
      url: "/profil/absences",
    });
    expect(rung.find(({ userId }) => userId === lala.userId)?.message).toMatch(
      /^You stand in for Hery from November 30, 2026 to December 4, 2026/,
    );
    expect(new Set(rung.map(({ key }) => key)).size).toBe(2);
  });

  it("follows a chain to its end, and leaves out whose account is disabled", async () => {
    await away(hery, lala);
    await away(lala, rado, "2026-12-02", "2026-12-03");
    const on = async (day: string) => (await findSubstitutes(staff.database, [hery.userId], day)).sort();
    expect(await on("2026-12-01")).toEqual([lala.userId]);
    expect(await on("2026-12-02")).toEqual([lala.userId, rado.userId].sort());
    await staff.database.user.update({ where: { id: lala.userId }, data: { disabledAt: new Date() } });
    expect(await on("2026-12-02")).toEqual([rado.userId]);
  });

  it("refuses loops of any length, but only on days that all of it shares", async () => {
    await away(hery, lala, "2026-12-01", "2026-12-05");
    await away(lala, rado, "2026-12-04", "2026-12-10");
    expect(await refusal(away(rado, hery, "2026-12-05", "2026-12-07"))).toBe("ABSENCE_LOOP");
    expect(await refusal(away(lala, hery, "2026-12-01", "2026-12-03"))).toBe("ABSENCE_LOOP");
    // On the 6th Hery is back, so nothing comes round.
    expect(await refusal(away(rado, hery, "2026-12-06", "2026-12-07"))).toBe("done");
  });

  it("refuses one of two loops that are made at the same time", async () => {
    for (let round = 0; round < 5; round++) {
      await staff.database.absence.deleteMany();
      const outcomes = await Promise.all([away(hery, lala), away(lala, rado), away(rado, hery)].map(refusal));
      expect(outcomes.sort()).toEqual(["ABSENCE_LOOP", "done", "done"]);
    }
  });

  it("refuses a second one in the same days, wrong days and wrong people", async () => {
    await away(hery, lala, "2026-12-01", "2026-12-05");
    expect(await refusal(away(hery, rado, "2026-12-05", "2026-12-06"))).toBe("ABSENCE_OVERLAP");
    expect(await refusal(away(hery, rado, "2026-12-06", "2026-12-06"))).toBe("done");
    const detail = (promise: Promise<unknown>) =>
      promise.then(
        () => "done",
        (error: { details?: { path: string; message: string }[] }) =>
          error.details?.map(({ path, message }) => `${path} ${message}`).join(),
      );
    expect(await detail(away(rado, rado))).toBe("substitute_id INVALID_CHOICE");
    expect(await detail(nameSubstitute(deps(), rado, { first_day: "x", last_day: "2026-02-30" }))).toContain(
      "REQUIRED",
    );
    expect(await detail(away(rado, lala, "2026-12-02", "2026-12-01"))).toBe("last_day DATE_BEFORE_FIRST");
    expect(await detail(away(rado, lala, "2026-11-01", "2026-11-29"))).toBe("last_day DATE_OUT_OF_RANGE");
    expect(await detail(away(rado, lala, "2028-12-01", "2028-12-02"))).toBe("first_day DATE_OUT_OF_RANGE");
    expect(await detail(away(rado, lala, "2026-12-01", "2028-12-01"))).toBe("last_day DATE_OUT_OF_RANGE");
    await staff.database.user.update({ where: { id: lala.userId }, data: { disabledAt: new Date() } });
    expect(await detail(away(rado, lala))).toBe("substitute_id INVALID_CHOICE");
  });

  it("is not named in another person's place, and needs the scope", async () => {
    const administrator = { id: staff.admin.userId, name: "Voahangy" };
    const impersonation = { id: "x", administrator, expiresAt: new Date() };
    expect(await refusal(away({ ...hery, impersonation }, lala))).toBe("IMPERSONATION_REFUSED");
    expect(await refusal(away({ ...hery, scopes: ["profile"] }, lala))).toBe("INSUFFICIENT_SCOPE");
    expect(await refusal(listAbsences(deps(), { ...hery, scopes: [] }))).toBe("INSUFFICIENT_SCOPE");
  });
});
