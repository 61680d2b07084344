import { createLogger } from "@mgs/core/logger";
import { createRouter } from "@mgs/http/router";
import { hashPassword } from "@mgs/identity/password";
import { createSignInLimiter } from "@mgs/identity/sign-in-limiter";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { beforeAll, expect, test } from "vitest";
import type { ProviderServices } from "../services";
import { signInRoutes } from "../sign-in/routes";
import { TestBrowser } from "../testing/browser";
import { buildAuthorization } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";

/** Every address of an interaction, asked by another browser than the one that began it: its id alone opens nothing. */

const stage = useProviderStage();
const EMAIL = "interaction@mgs.mg";
const PASSWORD = "trois bateaux verts";
/** Base64url of nothing in particular. */
const bytes = "AAAAAAAAAAAAAAAAAAAAAA";
const key = { id: bytes, rawId: bytes, type: "public-key", clientExtensionResults: {} };
const assertion = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes };
const attestation = { clientDataJSON: bytes, attestationObject: bytes };

/** What would be right for each route, were it not for the browser. */
const BODIES: Readonly<Record<string, Record<string, unknown>>> = {
  "/interaction/{uid}/login": { email: EMAIL, password: PASSWORD },
  "/interaction/{uid}/code": { code: "123456" },
  "/interaction/{uid}/enrolment": { code: "123456" },
  "/interaction/{uid}/enrolment/passkey/options": {},
  "/interaction/{uid}/enrolment/passkey": { answer: { ...key, response: attestation } },
  "/interaction/{uid}/continue": {},
  "/interaction/{uid}/passkey/options": {},
  "/interaction/{uid}/passkey": { answer: { ...key, response: assertion } },
  "/interaction/{uid}/consent": { decision: "accept" },
};

beforeAll(async () => {
  const passwordHash = await hashPassword(PASSWORD);
  await stage.db.database.user.create({ data: { id: 100, email: EMAIL, name: "I", role: "direction", passwordHash } });
});

const routes = signInRoutes.filter(({ path }) => path.includes("{uid}"));

test("every route of an interaction is tried here", () => {
  expect(routes.map(({ path }) => path).sort()).toEqual(Object.keys(BODIES).sort());
});

test.each(routes.map(({ path }) => path))(
  "%s: another browser's interaction is not found, and goes on",
  async (path) => {
    const { database } = stage.db;
    const victim = new TestBrowser();
    const { url } = await buildAuthorization(await stage.discover());
    const form = (await victim.request(url)).headers.get("location") ?? "";
    const uid = form.split("/").pop() ?? "";
    const sessions = await database.userSession.count();

    const origin = stage.op.issuer;
    // What these routes ask for before they have found the interaction.
    const deps = {
      ...stage.deps(),
      ...{ issuer: origin, ownOrigin: origin, logger: createLogger("test", "silent") },
      ...{ provider: async () => stage.op.provider, signInLimiter: createSignInLimiter(null), trustedProxies: [] },
    } as unknown as PortalDeps & ProviderServices;
    const settings = { ownOrigin: origin, logger: deps.logger };
    const authenticate = () => Promise.reject(new Error("no route of an interaction asks who signs in"));
    const router = createRouter({ ...settings, authenticate }, [{ routes: signInRoutes, deps }]);
    const isForm = signInRoutes.some((route) => route.path === path && "body" in route && route.body.kind === "form");
    const body = BODIES[path] ?? {};
    const answer = await router.fetch(
      new Request(origin + path.replace("{uid}", uid), {
        method: "POST",
        headers: {
          ...{ origin, accept: "application/json" },
          "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
        },
        body: isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body),
      }),
    );
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: "INTERACTION_NOT_FOUND" } }]);
    expect(await database.userSession.count()).toBe(sessions);
    // The browser that began it still can.
    expect(await stage.op.answerInteraction(victim, form, 1)).toContain("/oauth/authorize/");
  },
);
