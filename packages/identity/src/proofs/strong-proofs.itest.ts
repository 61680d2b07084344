import type { UserActor } from "@mgs/core/actor";
import { describe, expect, it } from "vitest";
import { hashPassword } from "../password";
import { renewRecoveryCodes } from "../second-factor/manage-totp";
import { createUserSession } from "../sessions/user-sessions.repository";
import { createSignInLimiter } from "../sign-in-limiter";
import { HOME, MINUTE_MS, useFactorStage } from "../testing/use-factor-stage";
import { findProofMethods } from "./find-proof-methods";
import { proveByCode } from "./prove-by-code";
import { askForProof, proveByPasskey } from "./prove-by-passkey";
import { proveByPassword } from "./prove-by-password";
import { requireFreshProof } from "./require-fresh-proof";

const stage = useFactorStage();
const isFresh = (actor: UserActor) =>
  requireFreshProof(stage.deps(), actor).then(
    () => true,
    () => false,
  );
const proveCode = (actor: UserActor, code: string) => proveByCode(stage.deps(), actor, { code, ip: HOME });

/** A person whose last proof is older than it may be. */
async function addStale(set: (actor: UserActor) => Promise<unknown>) {
  const actor = await stage.addPerson();
  await stage.renewProof(actor);
  const made = await set(actor);
  stage.wait(11 * MINUTE_MS);
  expect(await isFresh(actor)).toBe(false);
  return { actor, made };
}

describe("a fresh proof", () => {
  it("is asked for by the strongest method that a person has", async () => {
    const actor = await stage.addPerson();
    const methods = () => findProofMethods(stage.deps(), actor);
    expect(await methods()).toEqual({ passkey: false, code: false, password: true });
    await stage.addPasskeyTo(actor);
    expect(await methods()).toEqual({ passkey: true, code: false, password: false });
    await renewRecoveryCodes(stage.deps(), actor);
    expect(await methods()).toEqual({ passkey: true, code: true, password: false });
    const { actor: other } = await addStale(stage.enrol);
    expect(await findProofMethods(stage.deps(), other)).toEqual({ passkey: false, code: true, password: false });
  });

  it("is no password of a person who has something stronger, be it right", async () => {
    const { actor } = await addStale(stage.enrol);
    const password = "un mot de passe juste";
    const passwordHash = await hashPassword(password);
    await stage.deps().database.user.update({ where: { id: actor.userId }, data: { passwordHash } });
    const deps = { ...stage.deps(), limiter: createSignInLimiter(null) };
    await expect(proveByPassword(deps, actor, { password, ip: HOME })).rejects.toThrow("PROOF_REQUIRED");
    expect(await isFresh(actor)).toBe(false);
  });

  it("is no password that is guessed: five in five minutes, and the list of people shows the lockout", async () => {
    const actor = await stage.addPerson();
    const deps = { ...stage.deps(), limiter: createSignInLimiter(null) };
    const { database } = deps;
    const passwordHash = await hashPassword("un mot de passe juste");
    await database.user.update({ where: { id: actor.userId }, data: { passwordHash } });
    const prove = (password: string) => proveByPassword(deps, actor, { password, ip: HOME });
    for (let times = 0; times < 5; times++) await expect(prove("un faux")).rejects.toThrow("VALIDATION_ERROR");
    await expect(prove("un mot de passe juste")).rejects.toThrow("TOO_MANY_ATTEMPTS");
    const { lockedUntil } = await database.user.findUniqueOrThrow({ where: { id: actor.userId } });
    expect(lockedUntil).not.toBeNull();
  });

  it("is given by no code that is guessed within a minute after the last proof: it is refused, counted and in the trail", async () => {
    const actor = await stage.addPerson();
    const { secret } = await stage.enrol(actor);
    await stage.renewProof(actor);
    const { database } = stage.deps();
    const provedAt = async () =>
      (await database.userSession.findFirst({ where: { id: actor.userSessionId } }))?.provedAt;
    const before = await provedAt();
    stage.wait(30_000);
    for (const code of ["AAAA-AAAA-AAAA-AAAA", "000000", "A", "AAAA-AAAA-AAAA-AAAB", "AAAA-AAAA-AAAA-AAAC"])
      await expect(proveCode(actor, code)).rejects.toMatchObject({ details: [{ message: "WRONG_CODE" }] });
    expect(await provedAt()).toEqual(before);
    await expect(proveCode(actor, stage.codeAt(secret))).rejects.toThrow("TOO_MANY_ATTEMPTS");
    const refused = { action: "second-factor.refused", subject: String(actor.userId) };
    expect(await database.auditEvent.count({ where: refused })).toBe(5);
  });

  it("is found by the same code again within a minute, however often, and by no other that was taken before it", async () => {
    const { actor, made } = await addStale(stage.enrol);
    const { secret, codes } = made as Awaited<ReturnType<typeof stage.enrol>>;
    const [first = "", second = ""] = codes;
    const refuse = (code: string) => expect(proveCode(actor, code)).rejects.toThrow("VALIDATION_ERROR");
    for (const code of [stage.codeAt(secret), first]) {
      await proveCode(actor, code);
      stage.wait(MINUTE_MS - 1);
      for (let times = 0; times < 6; times++) await proveCode(actor, code);
      stage.wait(1);
      await refuse(code);
    }
    await proveCode(actor, second);
    stage.wait(1);
    await refuse(first);
    await proveCode(actor, second);
  });

  it("is a code, taken once; sent twice it is one proof, and wrong ones are counted", async () => {
    const { actor, made } = await addStale(stage.enrol);
    const { secret, codes } = made as Awaited<ReturnType<typeof stage.enrol>>;
    await expect(proveCode(actor, "000000")).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "code", message: "WRONG_CODE" }],
    });
    expect(await isFresh(actor)).toBe(false);
    const code = stage.codeAt(secret);
    await Promise.all([proveCode(actor, code), proveCode(actor, code)]);
    expect(await isFresh(actor)).toBe(true);
    stage.wait(11 * MINUTE_MS);
    await expect(proveCode(actor, code)).rejects.toThrow("VALIDATION_ERROR");
    await proveCode(actor, codes[0] ?? "");
    expect(await isFresh(actor)).toBe(true);
    stage.wait(11 * MINUTE_MS);
    await expect(proveCode(actor, codes[0] ?? "")).rejects.toThrow("VALIDATION_ERROR");
    for (let nth = 0; nth < 4; nth++) await expect(proveCode(actor, "000000")).rejects.toThrow("VALIDATION_ERROR");
    await expect(proveCode(actor, stage.codeAt(secret))).rejects.toThrow("TOO_MANY_ATTEMPTS");
  });

  it("proves the device that it was given on, and no other", async () => {
    const { actor, made } = await addStale(stage.enrol);
    const { secret } = made as Awaited<ReturnType<typeof stage.enrol>>;
    const elsewhere = { ...actor, userSessionId: await stage.addSession(actor.userId) };
    stage.wait(11 * MINUTE_MS);
    await proveCode(elsewhere, stage.codeAt(secret));
    expect([await isFresh(actor), await isFresh(elsewhere)]).toEqual([false, true]);
  });

  it("is a passkey of one's own, which answered this session's question", async () => {
    const { actor, made } = await addStale(stage.addPasskeyTo);
    const { soft } = made as Awaited<ReturnType<typeof stage.addPasskeyTo>>;
    const { actor: other, made: others } = await addStale(stage.addPasskeyTo);
    const { soft: foreign } = others as Awaited<ReturnType<typeof stage.addPasskeyTo>>;
    const question = await askForProof(stage.deps(), actor);
    expect(question.allowCredentials).toMatchObject([{ id: soft.id }]);
    const prove = (who: UserActor, answer: ReturnType<typeof soft.answer>) =>
      proveByPasskey(stage.deps(), who, { answer });
    await expect(prove(actor, foreign.answer(question.challenge))).rejects.toThrow("PASSKEY_REFUSED");
    await expect(prove(other, soft.answer(question.challenge))).rejects.toThrow("PASSKEY_REFUSED");
    expect(await isFresh(actor)).toBe(false);
    const { challenge } = await askForProof(stage.deps(), actor);
    await prove(actor, soft.answer(challenge));
    expect(await isFresh(actor)).toBe(true);
  });

  it("is not the password's sign-in of a person who has a passkey", async () => {
    const actor = await stage.addPerson();
    await stage.addPasskeyTo(actor);
    const signIn = async (authMethod: "password" | "passkey" | "password+totp") => {
      const session = {
        userId: actor.userId,
        userAgent: null,
        ip: null,
        oidcSessionUid: `${authMethod}-${actor.userId}`,
      };
      return { ...actor, userSessionId: await createUserSession(stage.deps().database, { ...session, authMethod }) };
    };
    expect(await isFresh(await signIn("password"))).toBe(false);
    expect(await isFresh(await signIn("passkey"))).toBe(true);
    expect(await isFresh(await signIn("password+totp"))).toBe(true);
  });
});
