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
import { beforeAll } from "vitest";
import { answerLogin } from "../sign-in/answer-login";
import { answerPasskey, answerPasskeyOptions } from "../sign-in/answer-passkey";
import { answerCode } from "../sign-in/answer-second-factor";
import { TestBrowser } from "./browser";
import { silentEnqueuer } from "./provider-server";
import { buildAuthorization } from "./relying-party";
import { useProviderStage } from "./use-provider-stage";

export type Handler = (call: PublicCall, deps: never) => Promise<Response>;
export type Post = { path: string; handler: Handler; body: URLSearchParams | object; origin?: string };

/** Browsers before the sign-in form, and people with factors, for tests of a whole sign-in. */
export function useSignInForms() {
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
  return { stage, deps, open, password, code, answerBy, redirectOf, codeAt, addPerson, enrol, addPasskeyTo };
}
