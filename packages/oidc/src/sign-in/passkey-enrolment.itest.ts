import { findFreshRecoveryCodes } from "@mgs/identity/second-factor/enrol-totp";
import { createSoftAuthenticator } from "@mgs/identity/testing/soft-authenticator";
import { describe, expect, test } from "vitest";
import { type Handler, type Post, useSignInForms } from "../testing/sign-in-forms";
import { answerEnrolmentOptions, answerPasskeyEnrolment } from "./answer-passkey-enrolment";
import { answerContinue } from "./answer-second-factor";

const { stage, deps, open, password, code, answerBy, redirectOf, addPerson, enrol } = useSignInForms();

describe("a passkey that the role needs", () => {
  async function openEnrolment() {
    await stage.db.database.roleRequirement.upsert({
      ...{ where: { role: "gestionnaire" }, update: {} },
      create: { role: "gestionnaire", secondFactorRequired: true },
    });
    const person = await addPerson("gestionnaire");
    const form = await open();
    expect(redirectOf(await form.post(password(person.email)))).toBe(`/interaction/${form.uid}/factor`);
    const { origin, hostname } = new URL(stage.op.issuer);
    const soft = createSoftAuthenticator({ origin, rpId: hostname });
    const options: Post = { path: "enrolment/passkey/options", handler: answerEnrolmentOptions as Handler, body: {} };
    const asked = async () => ((await form.post(options)).data as { challenge: string }).challenge;
    const answerTo = (challenge: string): Post => ({
      ...{ path: "enrolment/passkey", handler: answerPasskeyEnrolment as Handler },
      body: { answer: soft.register(challenge) },
    });
    return { person, form, soft, asked, answerTo };
  }
  const leaving: Post = { path: "continue", handler: answerContinue as Handler, body: new URLSearchParams() };

  test("is set up within the sign-in, shows recovery codes, and signs in alone the next time", async () => {
    const { person, form, soft, asked, answerTo } = await openEnrolment();
    const answer = answerTo(await asked());
    // Pressed twice, and once more after a lost answer: one passkey, one way.
    const both = await Promise.all([form.post(answer), form.post(answer)]);
    for (const one of [...both, await form.post(answer)])
      expect(redirectOf(one)).toBe(`/interaction/${form.uid}/factor`);
    expect(await stage.db.database.passkey.count({ where: { userId: person.id } })).toBe(1);
    const holder = { interaction: form.uid };
    const codes = (await findFreshRecoveryCodes(deps(), { userId: person.id, holder })) ?? [];
    expect(codes).toHaveLength(10);
    const { claims, method } = await form.arrive(redirectOf(await form.post(leaving)));
    expect([claims?.amr, method]).toEqual([["pop", "user", "mfa"], "passkey"]);
    expect(await findFreshRecoveryCodes(deps(), { userId: person.id, holder })).toBeNull();
    const trail = await stage.db.database.auditEvent.findMany({ where: { userId: person.id }, orderBy: { id: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual(["passkey.added", "sign-in.succeeded"]);

    const next = await open();
    const again = await next.arrive(redirectOf(await next.post(await answerBy(soft, next))));
    expect(again.method).toBe("passkey");
    const lost = await open();
    await lost.post(password(person.email));
    const recovered = await lost.arrive(redirectOf(await lost.post(code(codes[0] ?? ""))));
    expect(recovered.method).toBe("password+recovery-code");
  });

  test("is taken in the interaction that asked alone, never with the password alone beside another factor, and not once it is gone", async () => {
    const { person, form, asked, answerTo } = await openEnrolment();
    const [other, stranger] = [await openEnrolment(), await open()];
    const challenge = await asked();
    await expect(other.form.post(answerTo(challenge))).rejects.toThrow("PASSKEY_REFUSED");
    await expect(form.post(answerTo(challenge), stranger.browser)).rejects.toThrow("INTERACTION_NOT_FOUND");
    await expect(stranger.post(answerTo(challenge))).rejects.toThrow("SIGN_IN_EXPIRED");
    await expect(form.post({ ...answerTo(challenge), origin: "https://evil.example" })).rejects.toThrow(
      "ORIGIN_REFUSED",
    );
    await expect(form.post(leaving)).rejects.toThrow("INVALID_CODE");
    // Another tab of the same person has set up an app.
    await enrol(person);
    await expect(form.post(answerTo(challenge))).rejects.toThrow("ENROLMENT_EXPIRED");
    await expect(asked()).rejects.toThrow("ENROLMENT_EXPIRED");
    expect(await stage.db.database.passkey.count({ where: { userId: person.id } })).toBe(0);

    await other.form.post(other.answerTo(await other.asked()));
    await stage.db.database.passkey.deleteMany({ where: { userId: other.person.id } });
    await expect(other.form.post(leaving)).rejects.toThrow("SIGN_IN_EXPIRED");
    expect(await stage.db.database.userSession.count({ where: { userId: other.person.id } })).toBe(0);
  });
});
