import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import type { SignInLimiter } from "../sign-in-limiter";
import type { AccountMailLimiter } from "./account-mail-limiter";
import { ACCOUNT_FORM, answerLinkForm } from "./answer-link-form";
import { accountLinkFormPath, accountLinkPath, passwordChosenPath } from "./links";

type Deps = PortalDeps & { signInLimiter: SignInLimiter; mailLimiter: AccountMailLimiter };

const choice = z.object({ token: z.string().default(""), password: z.string().default("") });

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
        ({ token }, query) => accountLinkPath(purpose, { jeton: token, ...query }),
        async (fields) => {
          // Loaded with the first link: it brings the native library of passwords.
          const { choosePassword } = await import("./choose-password");
          const { portal } = await choosePassword({ ...deps, limiter: deps.signInLimiter }, { ...fields, purpose });
          return passwordChosenPath(portal);
        },
      ),
  }) as const satisfies Route<Deps>;

/** Forms of the pages that account mails lead to. Administration alone has them. */
export const accountLinkRoutes = [
  choosePasswordRoute("invitation"),
  choosePasswordRoute("password-reset"),
] as const satisfies readonly Route<Deps>[];
