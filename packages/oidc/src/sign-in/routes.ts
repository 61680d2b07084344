import { readCookies } from "@mgs/http/cookies";
import { readFormBody } from "@mgs/http/form-body";
import { checkOrigin } from "@mgs/http/origin";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { acceptConsent, refuseConsent } from "../consent";
import { interactionPath, RECOVERY_PARAMETER, secondFactorPath } from "../links";
import type { ProviderServices } from "../services";
import { answerProviderReturn, startProviderSignIn } from "./portal-sign-in";

const MAX_FORM_BYTES = 16 * 1_024;
const FORM = { kind: "form", maxBytes: MAX_FORM_BYTES } as const;
/** Answers of authenticators are some hundred bytes, and may carry extensions. */
const JSON_BODY = { kind: "json", maxBytes: 64 * 1_024 } as const;

const decision = z.object({ decision: z.enum(["accept", "refuse"], { error: "INVALID_CHOICE" }) });

type Deps = PortalDeps & ProviderServices;

const formPage = ({ uid = "" }: Record<string, string>): string => interactionPath(uid);
const secondFactorPage = ({ uid = "" }: Record<string, string>): string => secondFactorPath(uid);

/** Administration's sign-in: its own, as the provider's first client, and the forms of every client's interaction. */
export const signInRoutes = [
  {
    method: "GET",
    path: "/login/oauth",
    portals: ["administration"],
    access: "public",
    handler: ({ request }, deps) => startProviderSignIn(deps, request),
  },
  {
    method: "GET",
    path: "/login/retour",
    portals: ["administration"],
    access: "public",
    handler: ({ request }, deps) => answerProviderReturn(deps, request),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/login",
    portals: ["administration"],
    access: "public",
    body: FORM,
    formPage,
    // Loaded with the first sign-in: it brings the native library of passwords, which the worker never uses.
    handler: async (call, deps) => (await import("./answer-login")).answerLogin(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/code",
    portals: ["administration"],
    access: "public",
    body: FORM,
    formPage: (params, query) =>
      `${secondFactorPage(params)}${query.has(RECOVERY_PARAMETER) ? `?${RECOVERY_PARAMETER}=1` : ""}`,
    handler: async (call, deps) => (await import("./answer-second-factor")).answerCode(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/enrolment",
    portals: ["administration"],
    access: "public",
    body: FORM,
    formPage: secondFactorPage,
    handler: async (call, deps) => (await import("./answer-second-factor")).answerEnrolment(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/enrolment/passkey/options",
    portals: ["administration"],
    access: "public",
    body: JSON_BODY,
    handler: async (call, deps) => (await import("./answer-passkey-enrolment")).answerEnrolmentOptions(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/enrolment/passkey",
    portals: ["administration"],
    access: "public",
    body: JSON_BODY,
    handler: async (call, deps) => (await import("./answer-passkey-enrolment")).answerPasskeyEnrolment(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/continue",
    portals: ["administration"],
    access: "public",
    body: FORM,
    formPage: secondFactorPage,
    handler: async (call, deps) => (await import("./answer-second-factor")).answerContinue(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/passkey/options",
    portals: ["administration"],
    access: "public",
    body: JSON_BODY,
    handler: async (call, deps) => (await import("./answer-passkey")).answerPasskeyOptions(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/passkey",
    portals: ["administration"],
    access: "public",
    body: JSON_BODY,
    handler: async (call, deps) => (await import("./answer-passkey")).answerPasskey(call, deps),
  },
  {
    method: "POST",
    path: "/interaction/{uid}/consent",
    portals: ["administration"],
    access: "public",
    body: FORM,
    formPage,
    handler: async ({ request, params }, deps) => {
      checkOrigin(request.headers, deps.ownOrigin);
      const provider = await deps.provider();
      const input = { uid: params.uid ?? "", cookies: readCookies(request.headers) };
      const { decision: said } = await readFormBody(request, decision, FORM);
      const location =
        said === "accept"
          ? await acceptConsent({ database: deps.database, provider }, input)
          : await refuseConsent(provider, input);
      return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
    },
  },
] as const satisfies readonly Route<Deps>[];
