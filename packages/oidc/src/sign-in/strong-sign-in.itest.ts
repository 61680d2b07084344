import { findFreshRecoveryCodes, startTotp } from "@mgs/identity/second-factor/enrol-totp";
import { describe, expect, test } from "vitest";
import { type Handler, type Post, useSignInForms } from "../testing/sign-in-forms";
import { answerContinue, answerEnrolment } from "./answer-second-factor";

const { stage, deps, open, password, code, answerBy, redirectOf, codeAt, addPerson, enrol, addPasskeyTo } =
  useSignInForms();

describe("how a person signed in", () => {
  test("by the password alone", async () => {
    const { email } = await addPerson();
    const form = await open();
    const { claims, method } = await form.arrive(redirectOf(await form.post(password(email))));
    expect(claims).toMatchObject({ amr: ["pwd"], auth_time: expect.any(Number) });
    expect(Math.abs((claims?.auth_time as number) - Date.now() / 1_000)).toBeLessThan(60);
    expect(method).toBe("password");
  });

  test("by password and a code of the app: until then no client gets anything", async () => {
    const person = await addPerson();
    const { secret } = await enrol(person);
    const form = await open();
    const first = await form.post(password(person.email));
    expect(redirectOf(first)).toBe(`/interaction/${form.uid}/factor`);
    expect(first.cookies).toEqual([]);
    const skipping = await open();
    await skipping.post(password(person.email));
    const resumed = await skipping.browser.request(`${stage.op.issuer}/oauth/authorize/${skipping.uid}`);
    expect(resumed.headers.get("location")).toMatch(/^\/interaction\//);
    const finished = await form.post(code(codeAt(secret)));
    expect(finished.cookies).toEqual([expect.stringContaining("mgs.device=")]);
    const { claims, method } = await form.arrive(redirectOf(finished));
    expect([claims?.amr, method]).toEqual([["pwd", "otp", "mfa"], "password+totp"]);
  });

  test("by password and a recovery code", async () => {
    const person = await addPerson();
    const { codes } = await enrol(person);
    const form = await open();
    await form.post(password(person.email));
    const { method } = await form.arrive(redirectOf(await form.post(code(codes[3] ?? ""))));
    expect(method).toBe("password+recovery-code");
  });

  test("by a passkey, which is asked for neither password nor code", async () => {
    const person = await addPerson();
    await enrol(person);
    const { soft } = await addPasskeyTo(person);
    const form = await open();
    const { claims, method } = await form.arrive(redirectOf(await form.post(await answerBy(soft, form))));
    expect([claims?.sub, claims?.amr, method]).toEqual([String(person.id), ["pop", "user", "mfa"], "passkey"]);
  });
});

describe("a half-proved sign-in", () => {
  test("belongs to the browser and the interaction of its password", async () => {
    const person = await addPerson();
    const { secret } = await enrol(person);
    const [form, other] = [await open(), await open()];
    await form.post(password(person.email));
    const typed = codeAt(secret);
    await expect(form.post(code(typed), other.browser)).rejects.toThrow("INTERACTION_NOT_FOUND");
    await expect(other.post(code(typed))).rejects.toThrow("SIGN_IN_EXPIRED");
    await expect(form.post({ ...code(typed), origin: "https://evil.example" })).rejects.toThrow("ORIGIN_REFUSED");
    const leaving: Post = { path: "continue", handler: answerContinue as Handler, body: new URLSearchParams() };
    await expect(form.post(leaving)).rejects.toThrow("INVALID_CODE");
    expect(redirectOf(await form.post(code(typed)))).toContain("/oauth/authorize/");
  });

  test("comes to nothing when the password is changed or the person disabled meanwhile", async () => {
    const person = await addPerson();
    const { secret, codes } = await enrol(person);
    const form = await open();
    await form.post(password(person.email));
    const set = (data: object) => stage.db.database.user.update({ where: { id: person.id }, data });
    const { passwordHash } = await stage.db.database.user.findUniqueOrThrow({ where: { id: person.id } });
    await set({ passwordHash: "another" });
    await expect(form.post(code(codeAt(secret)))).rejects.toThrow("INVALID_CREDENTIALS");
    await set({ passwordHash, disabledAt: new Date() });
    await expect(form.post(code(codes[0] ?? ""))).rejects.toThrow();
    expect(await stage.db.database.userSession.count({ where: { userId: person.id } })).toBe(0);
  });

  test("sets an authenticator app up where the role needs it, and goes on once the recovery codes are kept", async () => {
    await stage.db.database.roleRequirement.create({ data: { role: "comptable", secondFactorRequired: true } });
    const person = await addPerson("comptable");
    const form = await open();
    expect(redirectOf(await form.post(password(person.email)))).toBe(`/interaction/${form.uid}/factor`);
    const holder = { interaction: form.uid };
    const { text } = await startTotp(deps(), { userId: person.id, email: person.email, holder });
    const enrolment: Post = {
      ...{ path: "enrolment", handler: answerEnrolment as Handler },
      body: new URLSearchParams({ code: codeAt(text) }),
    };
    expect(redirectOf(await form.post(enrolment))).toBe(`/interaction/${form.uid}/factor`);
    const leaving: Post = { path: "continue", handler: answerContinue as Handler, body: new URLSearchParams() };
    const { method } = await form.arrive(redirectOf(await form.post(leaving)));
    expect(method).toBe("password+totp");
    expect(await findFreshRecoveryCodes(deps(), { userId: person.id, holder })).toBeNull();
  });
});

describe("the answer of a passkey", () => {
  test("counts in the browser and the interaction that asked, from our own pages alone", async () => {
    const { soft } = await addPasskeyTo(await addPerson());
    const [form, other] = [await open(), await open()];
    const answer = await answerBy(soft, form);
    await expect(form.post(answer, other.browser)).rejects.toThrow("INTERACTION_NOT_FOUND");
    await expect(other.post(answer)).rejects.toThrow("PASSKEY_REFUSED");
    await expect(form.post({ ...answer, origin: "https://evil.example" })).rejects.toThrow("ORIGIN_REFUSED");
    await expect(form.post({ ...answer, body: { answer: { id: "x" } } })).rejects.toThrow("VALIDATION_ERROR");
    const both = await Promise.all([form.post(answer), form.post(answer)]);
    expect(new Set(both.map(redirectOf)).size).toBe(1);
  });

  test("signs nobody in once the passkey is removed", async () => {
    const { soft, remove } = await addPasskeyTo(await addPerson());
    const form = await open();
    const answer = await answerBy(soft, form);
    await remove();
    await expect(form.post(answer)).rejects.toThrow("PASSKEY_REFUSED");
    const refused = await stage.db.database.auditEvent.findFirst({
      where: { action: "sign-in.refused", details: { equals: { method: "passkey" } } },
    });
    expect(refused).not.toBeNull();
  });
});
