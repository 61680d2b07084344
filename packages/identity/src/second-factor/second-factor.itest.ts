import { describe, expect, it } from "vitest";
import { MINUTE_MS, personOf, STEP_MS, useFactorStage } from "../testing/use-factor-stage";
import { describeSecondFactor } from "./describe-second-factor";
import { findFreshRecoveryCodes, findWaitingTotp, putAwayRecoveryCodes } from "./enrol-totp";
import { beginOwnTotp, cancelOwnTotp, confirmOwnTotp, removeOwnTotp, renewRecoveryCodes } from "./manage-totp";
import { findPendingSignIn, findSecondStep, rememberPassword } from "./pending-sign-in";

const stage = useFactorStage();

describe("the set-up of an authenticator app", () => {
  it("shows its waiting secret to the session that asked for it, until it expires", async () => {
    const actor = await stage.addPerson();
    const { userId, email } = actor;
    const { text, qr } = await beginOwnTotp(stage.deps(), actor);
    expect(qr).toMatch(/^<svg/);
    expect((await beginOwnTotp(stage.deps(), actor)).text).toBe(text);
    const other = { userSessionId: await stage.addSession(userId) };
    expect(await findWaitingTotp(stage.deps(), { userId, email, holder: actor })).toMatchObject({ text });
    expect(await findWaitingTotp(stage.deps(), { userId, email, holder: other })).toBeNull();
    expect(await findWaitingTotp(stage.deps(), { userId: userId + 1, email, holder: actor })).toBeNull();
    await expect(
      confirmOwnTotp(stage.deps(), { ...actor, userSessionId: other.userSessionId }, { code: stage.codeAt(text) }),
    ).rejects.toThrow("ENROLMENT_EXPIRED");
    const stored = await stage.deps().database.factorEnrolment.findFirst({ where: { userId } });
    expect(stored?.secret).not.toContain(text.replaceAll(" ", ""));
    stage.wait(16 * MINUTE_MS);
    await stage.renewProof(actor);
    await expect(confirmOwnTotp(stage.deps(), actor, { code: stage.codeAt(text) })).rejects.toThrow(
      "ENROLMENT_EXPIRED",
    );
    expect((await beginOwnTotp(stage.deps(), actor)).text).not.toBe(text);
  });

  it("counts for nothing before its first code, and is given up at will", async () => {
    const actor = await stage.addPerson();
    await beginOwnTotp(stage.deps(), actor);
    expect(await findSecondStep(stage.deps().database, personOf(actor))).toBe("none");
    await expect(confirmOwnTotp(stage.deps(), actor, { code: "000000" })).rejects.toThrow("INVALID_CODE");
    await cancelOwnTotp(stage.deps(), actor);
    await expect(confirmOwnTotp(stage.deps(), actor, { code: "000000" })).rejects.toThrow("ENROLMENT_EXPIRED");
  });

  it("is confirmed once by two requests at a time, and gives ten recovery codes that are seen until put away", async () => {
    const actor = await stage.addPerson();
    const { text } = await beginOwnTotp(stage.deps(), actor);
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => confirmOwnTotp(stage.deps(), actor, { code: stage.codeAt(text) })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const holder = actor;
    const codes = await findFreshRecoveryCodes(stage.deps(), { userId: actor.userId, holder });
    expect(new Set(codes).size).toBe(10);
    const rows = await stage.deps().database.recoveryCode.findMany({ where: { userId: actor.userId } });
    expect(rows).toHaveLength(10);
    for (const { codeHash } of rows) expect(codes).not.toContain(codeHash);
    await putAwayRecoveryCodes(stage.deps(), holder);
    expect(await findFreshRecoveryCodes(stage.deps(), { userId: actor.userId, holder })).toBeNull();
    expect(await describeSecondFactor(stage.deps(), actor, { userId: actor.userId })).toMatchObject({
      totpSince: stage.now(),
      recoveryCodesLeft: 10,
    });
    expect(await stage.changesOf(actor)).toEqual(["totp-added"]);
  });

  it("and every change ask for a fresh proof", async () => {
    const actor = await stage.addPerson();
    await stage.enrol(actor);
    stage.wait(11 * MINUTE_MS);
    for (const change of [beginOwnTotp, removeOwnTotp, renewRecoveryCodes])
      await expect(change(stage.deps(), actor)).rejects.toThrow("PROOF_REQUIRED");
    await expect(confirmOwnTotp(stage.deps(), actor, { code: "1" })).rejects.toThrow("PROOF_REQUIRED");
  });
});

describe("the second factor of a sign-in", () => {
  it("is a code, once: the same code leads where it led in its own interaction, and nowhere in another", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    const [first, second] = [await stage.pendingOf(actor), await stage.pendingOf(actor)];
    const code = stage.codeAt(secret);
    const both = await Promise.all([stage.prove(first, code), stage.prove(first, code)]);
    for (const proved of [...both, await stage.prove(first, `${code.slice(0, 3)} ${code.slice(3)}`)])
      expect(proved).toEqual({ userId: actor.userId, passwordHash: "hash", method: "totp", remembered: false });
    await expect(stage.prove(second, code)).rejects.toThrow("INVALID_CODE");
    expect(await findPendingSignIn(stage.deps(), second)).toMatchObject({ method: null });
  });

  it("takes one code for one of two interactions at a time", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    const interactions = [await stage.pendingOf(actor), await stage.pendingOf(actor)];
    const outcomes = await Promise.allSettled(interactions.map((one) => stage.prove(one, stage.codeAt(secret))));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses an older code after a newer one, and codes beyond the clock's tolerance", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    const later = new Date(stage.now().getTime() + STEP_MS);
    await stage.prove(await stage.pendingOf(actor), stage.codeAt(secret, later));
    await expect(stage.prove(await stage.pendingOf(actor), stage.codeAt(secret))).rejects.toThrow("INVALID_CODE");
    const far = new Date(stage.now().getTime() + 3 * STEP_MS);
    await expect(stage.prove(await stage.pendingOf(actor), stage.codeAt(secret, far))).rejects.toThrow("INVALID_CODE");
  });

  it("is a recovery code, once, however it is typed", async () => {
    const actor = await stage.addPerson();
    const { codes } = await stage.enrol(actor);
    const [code = "", next = ""] = codes;
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("1", "l").replaceAll("0", "o");
    expect(await stage.prove(await stage.pendingOf(actor), typed)).toMatchObject({ method: "recovery-code" });
    await expect(stage.prove(await stage.pendingOf(actor), code)).rejects.toThrow("INVALID_CODE");
    const racing = await Promise.allSettled(
      [await stage.pendingOf(actor), await stage.pendingOf(actor)].map((one) => stage.prove(one, next)),
    );
    expect(racing.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await describeSecondFactor(stage.deps(), actor, { userId: actor.userId })).toMatchObject({
      recoveryCodesLeft: 8,
    });
  });

  it("is not somebody else's code", async () => {
    const [actor, other] = [await stage.addPerson(), await stage.addPerson()];
    const { secret, codes } = await stage.enrol(actor);
    await stage.enrol(other);
    for (const code of [stage.codeAt(secret), codes[0] ?? "", "", "\u0000", "é".repeat(50)])
      await expect(stage.prove(await stage.pendingOf(other), code)).rejects.toThrow(/INVALID_CODE/);
  });

  it("waits for some minutes, in the interaction that the password was typed in", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    const interaction = await stage.pendingOf(actor);
    await expect(stage.prove("another-interaction", stage.codeAt(secret))).rejects.toThrow("SIGN_IN_EXPIRED");
    const row = await stage.deps().database.pendingSignIn.findFirst({ where: { userId: actor.userId } });
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`"hash"|${interaction}`));
    stage.wait(16 * MINUTE_MS);
    await expect(stage.prove(interaction, stage.codeAt(secret))).rejects.toThrow("SIGN_IN_EXPIRED");
  });

  it("keeps what was proved when the password form is sent once more, and not for another person", async () => {
    const [actor, other] = [await stage.addPerson(), await stage.addPerson()];
    const { secret } = await stage.enrol(actor);
    const interaction = await stage.pendingOf(actor);
    await stage.prove(interaction, stage.codeAt(secret));
    await rememberPassword(stage.deps(), { interaction, userId: actor.userId, passwordHash: "hash" });
    expect(await findPendingSignIn(stage.deps(), interaction)).toMatchObject({ method: "totp" });
    await rememberPassword(stage.deps(), { interaction, userId: other.userId, passwordHash: "hash" });
    expect(await findPendingSignIn(stage.deps(), interaction)).toMatchObject({ userId: other.userId, method: null });
  });

  it("is counted by itself: five wrong codes shut a place out, and a known device is not touched by them", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    for (let nth = 0; nth < 5; nth++)
      await expect(stage.prove(await stage.pendingOf(actor), "000000")).rejects.toThrow();
    const waiting = await stage.pendingOf(actor);
    for (let nth = 0; nth < 2; nth++)
      await expect(stage.prove(waiting, stage.codeAt(secret))).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    await expect(stage.prove(waiting, stage.codeAt(secret), { knownDevice: "phone" })).resolves.toMatchObject({
      method: "totp",
    });
    const refused = await stage.deps().database.auditEvent.count({
      where: { userId: actor.userId, action: "second-factor.refused" },
    });
    expect(refused).toBe(5);
    expect(await stage.lockoutsOf(actor)).toBe(1);
  });
});
