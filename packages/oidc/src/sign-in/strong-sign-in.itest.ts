import { systemClock } from "@mgs/core/clock";
import { createLogger } from "@mgs/core/logger";
import type { PublicCall } from "@mgs/http/route";
import { addPasskey } from "@mgs/identity/passkeys/add-passkey";
import { beginPasskey } from "@mgs/identity/passkeys/begin-passkey";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { removePasskey } from "@mgs/identity/passkeys/remove-passkey";
import { hashPassword } from "@mgs/identity/password";
import { createCodeLimiter } from "@mgs/identity/second-factor/code-limiter";
import { confirmTotp, findFreshRecoveryCodes, startTotp } from "@mgs/identity/second-factor/enrol-totp";
import { createUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { createSignInLimiter } from "@mgs/identity/sign-in-limiter";
import { createSoftAuthenticator, type SoftAuthenticator } from "@mgs/identity/testing/soft-authenticator";
import * as client from "openid-client";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { TestBrowser } from "../testing/browser";
import { silentEnqueuer } from "../testing/provider-server";
import { buildAuthorization } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";
import { answerLogin } from "./answer-login";
import { answerPasskey, answerPasskeyOptions } from "./answer-passkey";
import { answerCode, answerContinue, answerEnrolment } from "./answer-second-factor";

const stage = useProviderStage();
const PASSWORD = "trois bateaux verts";
const PERIOD_MS = 30_000;
let passwordHash: string;
let people = 0;
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

const codeLimiter = createCodeLimiter(null);
const deps = () => ({
  ...stage.deps(),
  ...{ issuer: stage.op.issuer, ownOrigin: stage.op.issuer, trustedProxies: 0, codeLimiter },
  ...{ signInLimiter: createSignInLimiter(null), relyingParty: relyingPartyOf(stage.op.issuer) },
  ...{ clock: systemClock, enqueuer: silentEnqueuer, logger: createLogger("test", "silent") },
  provider: async () => stage.op.provider,
});

type Handler = (call: PublicCall, deps: never) => Promise<Response>;
type Post = { path: string; handler: Handler; body: URLSearchParams | object; origin?: string };

/** A browser before the sign-in form of the client `portal`. */
async function open(more: Record<string, string> = {}) {
  const browser = new TestBrowser();
  const config = await stage.discover();
  const { url, checks } = await buildAuthorization(config, more);
  const uid = (await browser.request(url)).headers.get("location")?.split("/").pop() ?? "";
  const post = async ({ path, handler, body, origin = stage.op.issuer }: Post, from = browser) => {
    const isForm = body instanceof URLSearchParams;
    const cookies = Object.entries(from.cookies(`/interaction/${uid}/${path}`));
    const request = new Request(`${stage.op.issuer}/interaction/${uid}/${path}`, {
      method: "POST",
      headers: {
        ...{
          origin,
          accept: "application/json",
          cookie: cookies.map(([name, value]) => `${name}=${value}`).join("; "),
        },
        "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      },
      body: isForm ? body : JSON.stringify(body),
    });
    const call = { request, params: { uid }, requestId: "r", locale: "fr" as const, logger: deps().logger };
    const response = await handler(call, deps() as never);
    return { cookies: response.headers.getSetCookie(), data: ((await response.json()) as { data: never }).data };
  };
  /** Follows the way from a finished interaction to the client, which exchanges its code. */
  const arrive = async (redirect: string) => {
    const location = (await browser.request(new URL(redirect, stage.op.issuer).href)).headers.get("location") ?? "";
    const tokens = await client.authorizationCodeGrant(config, new URL(location), checks);
    const claims = tokens.claims();
    const row = await stage.db.database.userSession.findUnique({ where: { id: String(claims?.user_session_id) } });
    return { claims, method: row?.authMethod };
  };
  return { uid, browser, post, arrive };
}
type Opened = Awaited<ReturnType<typeof open>>;

const password = (email: string): Post => ({
  ...{ path: "login", handler: answerLogin as Handler },
  body: new URLSearchParams({ email, password: PASSWORD }),
});
const code = (typed: string): Post => ({
  ...{ path: "code", handler: answerCode as Handler },
  body: new URLSearchParams({ code: typed }),
});
async function answerBy(soft: SoftAuthenticator, { post }: Opened): Promise<Post> {
  const { data } = await post({ path: "passkey/options", handler: answerPasskeyOptions as Handler, body: {} });
  const { challenge } = data as { challenge: string };
  return { path: "passkey", handler: answerPasskey as Handler, body: { answer: soft.answer(challenge) } };
}

const redirectOf = ({ data }: { data: unknown }) => (data as { redirect: string }).redirect;
const codeAt = (secret: string, at = Date.now()) =>
  TOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(" ", "")), timestamp: at });

async function addPerson(role = "direction") {
  const id = 5_000 + ++people;
  const email = `strong-${id}@mgs.mg`;
  await stage.db.database.user.create({ data: { id, email, name: "S", role, passwordHash } });
  return { id, email, role };
}

async function enrol({ id: userId, email }: { id: number; email: string }) {
  const holder = { interaction: `before-${userId}` };
  const { text } = await startTotp(deps(), { userId, email, holder });
  await confirmTotp(deps(), { userId, holder, code: codeAt(text, Date.now() - PERIOD_MS) });
  return { secret: text, codes: (await findFreshRecoveryCodes(deps(), { userId, holder })) ?? [] };
}

async function addPasskeyTo({ id: userId, role }: { id: number; role: string }) {
  const session = {
    userId,
    oidcSessionUid: `own-${userId}`,
    userAgent: null,
    ip: null,
    authMethod: "passkey" as const,
  };
  const userSessionId = await createUserSession(stage.db.database, session);
  const actor = { kind: "user", userId, role, locale: "fr", userSessionId, clientId: "portal", scopes: [] } as const;
  const { origin, hostname } = new URL(stage.op.issuer);
  const soft = createSoftAuthenticator({ origin, rpId: hostname });
  const { challenge } = await beginPasskey(deps(), actor);
  const { id } = await addPasskey(deps(), actor, { name: "Clé", answer: soft.register(challenge) });
  return { soft, remove: () => removePasskey(deps(), actor, { id }) };
}

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
