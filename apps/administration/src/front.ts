import type { IncomingMessage, ServerResponse } from "node:http";
import { answerWithProvider } from "@mgs/oidc/mount";
import { API_PATHS, installFront } from "@mgs/portal/front";
import { createPageCache } from "@mgs/portal/page-cache";
import { type Administration, composition } from "./composition";
import { readEnv } from "./env";
import { answerSignInPage, signInPageId } from "./features/sign-in/sign-in-page";
import { createSignInRoute } from "./features/sign-in/sign-in-route";
import { pagePolicy } from "./page-policy";

/** The provider's addresses as every client writes them; the framework knows what to do with other spellings. */
const PROVIDER = /^\/(?:oauth(?:\/[\w-]+)+|\.well-known\/openid-configuration)$/;

/** Where the sign-in form posts to; ids of other forms are the framework's to refuse. */
const SIGN_IN = /^\/interaction\/(?<uid>[\w-]{10,100})\/login$/;

/** Puts the busiest addresses, the provider's and the sign-in before the framework. */
export function installAdministrationFront(): void {
  const pages = createPageCache();
  installFront({
    composition,
    paths: { ...API_PATHS, "/api/notifications/send": ({ send }) => send },
    patterns: [{ path: SIGN_IN, route: createSignInRoute }],
    origin: readEnv().ADMINISTRATION_URL,
    policy: pagePolicy,
    other: (made, pathname, request) => {
      if (PROVIDER.test(pathname)) return (req, res) => answerProvider(made, req, res);
      const uid = signInPageId(request);
      return uid === null ? null : (req, res, leave) => answerSignInPage(made, pages, uid, req, res, leave);
    },
  });
}

async function answerProvider({ provider }: Administration, req: IncomingMessage, res: ServerResponse): Promise<void> {
  await answerWithProvider(provider, req, res, req.url ?? "/");
}
