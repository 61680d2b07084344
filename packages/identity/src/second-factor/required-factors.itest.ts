import type { Actor } from "@mgs/core/actor";
import { describe, expect, it } from "vitest";
import { removePasskey } from "../passkeys/remove-passkey";
import { HOME, MINUTE_MS, personOf, useFactorStage } from "../testing/use-factor-stage";
import { describeSecondFactor } from "./describe-second-factor";
import { findFreshRecoveryCodes, startTotp } from "./enrol-totp";
import { isSecondFactorRequired } from "./is-second-factor-required";
import { beginOwnTotp, removeOwnTotp, renewRecoveryCodes } from "./manage-totp";
import { findSecondStep, proveByEnrolment } from "./pending-sign-in";
import { removeFactorsAddedSince } from "./remove-factors-added-since";
import { resetSecondFactor } from "./reset-second-factor";
import { requireSecondFactor } from "./role-requirements";

const SYSTEM: Actor = { kind: "system", name: "test" };
const stage = useFactorStage();

describe("a role that requires a second factor", () => {
  const demand = (role: string, required = true) => requireSecondFactor(stage.deps(), SYSTEM, { role, required });

  it("is set by administrators with a fresh proof, and written into the trail once", async () => {
    const [admin, person] = [await stage.addPerson("administrateur"), await stage.addPerson()];
    const set = (actor: Actor, role = "comptable") =>
      requireSecondFactor(stage.deps(), actor, { role, required: true });
    await expect(set(person)).rejects.toThrow("FORBIDDEN");
    await expect(set(admin, "nobody")).rejects.toThrow("VALIDATION_ERROR");
    expect(await set(admin)).toEqual({ changed: true });
    expect(await set(admin)).toEqual({ changed: false });
    expect(await isSecondFactorRequired(stage.deps().database, "comptable")).toBe(true);
    expect(await demand("comptable", false)).toEqual({ changed: true });
    expect(await isSecondFactorRequired(stage.deps().database, "comptable")).toBe(false);
    stage.wait(11 * MINUTE_MS);
    await expect(set(admin)).rejects.toThrow("PROOF_REQUIRED");
  });

  it("leads who has none through the set-up, whose first code proves the sign-in", async () => {
    await demand("direction");
    const actor = await stage.addPerson("direction");
    const { userId, email } = actor;
    expect(await findSecondStep(stage.deps().database, personOf(actor))).toBe("enrol");
    const interaction = await stage.pendingOf(actor);
    const { text } = await startTotp(stage.deps(), { userId, email, holder: { interaction } });
    const input = { interaction, ip: HOME, knownDevice: null };
    await expect(proveByEnrolment(stage.deps(), { ...input, code: "000000" })).rejects.toThrow("INVALID_CODE");
    await expect(stage.prove(interaction, stage.codeAt(text))).rejects.toThrow("INVALID_CODE");
    const code = stage.codeAt(text);
    const both = await Promise.all([1, 2].map(() => proveByEnrolment(stage.deps(), { ...input, code })));
    for (const proved of both) expect(proved).toMatchObject({ userId, method: "totp" });
    expect(await findFreshRecoveryCodes(stage.deps(), { userId, holder: { interaction } })).toHaveLength(10);
    expect(await findSecondStep(stage.deps().database, personOf(actor))).toBe("code");
  });

  it("does not let the password alone add a factor to an account that has one", async () => {
    await demand("direction");
    const actor = await stage.addPerson("direction");
    const { userId, email } = actor;
    const interaction = await stage.pendingOf(actor);
    const { text } = await startTotp(stage.deps(), { userId, email, holder: { interaction } });
    await stage.addPasskeyTo(actor);
    const input = { interaction, code: stage.codeAt(text), ip: HOME, knownDevice: null };
    await expect(proveByEnrolment(stage.deps(), input)).rejects.toThrow("ENROLMENT_EXPIRED");
    expect(await findSecondStep(stage.deps().database, personOf(actor))).toBe("passkey");
  });

  it("keeps the last factor in place; recovery codes go with the last one otherwise", async () => {
    const actor = await stage.addPerson("direction");
    await stage.enrol(actor);
    const { id } = await stage.addPasskeyTo(actor);
    await demand("direction");
    await removePasskey(stage.deps(), actor, { id });
    await expect(removeOwnTotp(stage.deps(), actor)).rejects.toThrow("SECOND_FACTOR_REQUIRED");
    const other = await stage.addPasskeyTo(actor);
    await removeOwnTotp(stage.deps(), actor);
    await expect(removePasskey(stage.deps(), actor, other)).rejects.toThrow("SECOND_FACTOR_REQUIRED");
    await demand("direction", false);
    expect(await stage.deps().database.recoveryCode.count({ where: { userId: actor.userId } })).toBe(10);
    await removePasskey(stage.deps(), actor, other);
    expect(await stage.deps().database.recoveryCode.count({ where: { userId: actor.userId } })).toBe(0);
    await expect(renewRecoveryCodes(stage.deps(), actor)).rejects.toThrow("NOT_FOUND");
    await expect(removeOwnTotp(stage.deps(), actor)).rejects.toThrow("NOT_FOUND");
  });

  it("is not left without a factor by two removals at a time", async () => {
    const actor = await stage.addPerson("direction");
    await stage.enrol(actor);
    const { id } = await stage.addPasskeyTo(actor);
    await demand("direction");
    const outcomes = await Promise.allSettled([
      removeOwnTotp(stage.deps(), actor),
      removePasskey(stage.deps(), actor, { id }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("renewed recovery codes", () => {
  it("replace the old ones", async () => {
    const actor = await stage.addPerson();
    const { codes } = await stage.enrol(actor);
    await renewRecoveryCodes(stage.deps(), actor);
    const fresh = await findFreshRecoveryCodes(stage.deps(), { userId: actor.userId, holder: actor });
    expect(fresh).toHaveLength(10);
    await expect(stage.prove(await stage.pendingOf(actor), codes[0] ?? "")).rejects.toThrow("INVALID_CODE");
    expect(await stage.prove(await stage.pendingOf(actor), fresh?.[0] ?? "")).toMatchObject({
      method: "recovery-code",
    });
  });
});

describe("an administrator's reset", () => {
  it("removes every factor, ends the sign-ins and tells the person; nobody else may", async () => {
    const [admin, actor, other] = [
      await stage.addPerson("administrateur"),
      await stage.addPerson(),
      await stage.addPerson(),
    ];
    await stage.enrol(actor);
    await stage.addPasskeyTo(actor);
    await stage.pendingOf(actor);
    const reset = (by: Actor, userId = actor.userId) => resetSecondFactor(stage.deps(), by, { userId });
    await expect(reset(other)).rejects.toThrow("FORBIDDEN");
    await expect(reset(admin, 999_999)).rejects.toThrow("USER_NOT_FOUND");
    const { userId } = actor;
    const { codeLimiter } = stage.deps();
    const code = { userId, ip: "198.51.100.9", knownDevice: null };
    for (let times = 0; times < 5; times++) await (await codeLimiter.begin(code)).failed();
    await expect(codeLimiter.begin(code)).rejects.toThrow("TOO_MANY_ATTEMPTS");
    expect(await reset(admin)).toEqual({ ended: 1 });
    await (await codeLimiter.begin(code)).withdrawn();
    expect(await describeSecondFactor(stage.deps(), admin, { userId })).toEqual({
      passkeys: [],
      totpSince: null,
      recoveryCodesLeft: 0,
    });
    await expect(describeSecondFactor(stage.deps(), other, { userId })).rejects.toThrow("FORBIDDEN");
    expect(await stage.deps().database.pendingSignIn.count({ where: { userId } })).toBe(0);
    expect(await stage.changesOf(actor)).toContain("reset");
    stage.wait(11 * MINUTE_MS);
    await expect(reset(admin)).rejects.toThrow("PROOF_REQUIRED");
  });
});

describe("what was added since a moment", () => {
  it("is removed, and what was there before stays", async () => {
    const actor = await stage.addPerson();
    await stage.addPasskeyTo(actor);
    stage.wait(MINUTE_MS);
    const takeover = stage.now();
    await stage.enrol(actor);
    await stage.addPasskeyTo(actor);
    await beginOwnTotp(stage.deps(), actor);
    const { userId } = actor;
    const removed = await stage.deps().database.$transaction((tx) => removeFactorsAddedSince(tx, userId, takeover));
    expect(removed).toEqual({ passkeys: 1, totp: true, recoveryCodes: 10 });
    expect(await describeSecondFactor(stage.deps(), actor, { userId })).toMatchObject({
      passkeys: [{ name: "Clé" }],
      totpSince: null,
    });
    expect(await stage.deps().database.factorEnrolment.count({ where: { userId } })).toBe(0);
  });
});
