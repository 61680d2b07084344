import { forgottenPasswordPath } from "@mgs/core/portal-links";
import { readRemoteAddress } from "@mgs/http/remote-address";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import type { CodeLimiter } from "../second-factor/code-limiter";
import type { SignInLimiter } from "../sign-in-limiter";
import type { AccountMailLimiter } from "./account-mail-limiter";
import { ACCOUNT_FORM, answerLinkForm } from "./answer-link-form";
import {
  accountClosedPath,
  accountLinkFormPath,
  accountLinkHref,
  accountLinkPath,
  forgottenPasswordFormPath,
  isSignInPage,
  passwordChosenPath,
} from "./links";
import { reportNotMe } from "./report-not-me";
import { requestPasswordReset } from "./request-password-reset";

type Deps = PortalDeps & { signInLimiter: SignInLimiter; codeLimiter: CodeLimiter; mailLimiter: AccountMailLimiter };

const choice = z.object({
  token: z.string().default(""),
  password: z.string().default(""),
  suite: z.string().default(""),
});

const choosePasswordRoute = <Purpose extends "invitation" | "password-reset">(purpose: Purpose) =>
  ({
    method: "POST",
    path: accountLinkFormPath(purpose),
    portals: ["administration"],
    access: "public",
    body: ACCOUNT_FORM,
    formPage: () => accountLinkPath(purpose),
    handler: (call, deps) =>
      answerLinkForm(
        call,
        { ownOrigin: deps.ownOrigin, schema: choice },
        ({ token, suite }, query) =>
          accountLinkPath(purpose, { jeton: token, ...(isSignInPage(suite) ? { suite } : {}), ...query }),
        async ({ suite, ...fields }) => {
          // Loaded with the first link: it brings the native library of passwords.
          const { choosePassword } = await import("./choose-password");
          const { portal } = await choosePassword({ ...deps, limiter: deps.signInLimiter }, { ...fields, purpose });
          return passwordChosenPath(portal, suite);
        },
      ),
  }) as const satisfies Route<Deps>;

const report = z.object({ token: z.string().default("") });
const forgotten = z.object({ email: z.string().default("") });

/** Forms of the pages that account mails lead to. Administration alone has them. */
export const accountLinkRoutes = [
  choosePasswordRoute("invitation"),
  choosePasswordRoute("password-reset"),
  {
    method: "POST",
    path: forgottenPasswordFormPath(),
    portals: ["administration"],
    access: "public",
    body: ACCOUNT_FORM,
    formPage: () => forgottenPasswordPath(),
    handler: (call, deps) =>
      answerLinkForm(
        call,
        { ownOrigin: deps.ownOrigin, schema: forgotten },
        (_fields, query) => forgottenPasswordPath(query),
        async ({ email }) => {
          const ip = readRemoteAddress(call.request.headers, deps.trustedProxies);
          await requestPasswordReset(deps, { email, ip });
          return forgottenPasswordPath({ envoye: "1" });
        },
      ),
  },
  {
    method: "POST",
    path: accountLinkFormPath("not-me"),
    portals: ["administration"],
    access: "public",
    body: ACCOUNT_FORM,
    formPage: () => accountLinkPath("not-me"),
    handler: (call, deps) =>
      answerLinkForm(
        call,
        { ownOrigin: deps.ownOrigin, schema: report },
        ({ token }, query) => accountLinkPath("not-me", { jeton: token, ...query }),
        async ({ token }) => {
          const { resetToken } = await reportNotMe({ ...deps, limiter: deps.signInLimiter }, { token });
          return resetToken === null ? accountClosedPath() : accountLinkHref("password-reset", resetToken);
        },
      ),
  },
] as const satisfies readonly Route<Deps>[];
