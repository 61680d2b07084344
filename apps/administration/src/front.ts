import { SECURITY_HEADERS } from "@mgs/http/security-headers";
import { answerWithProvider } from "@mgs/oidc/mount";
import { API_PATHS, installFront } from "@mgs/shell/server/front";
import { composition } from "./composition";
import { readEnv } from "./env";
import { pagePolicy } from "./page-policy";

/** The provider's addresses as every client writes them; the framework knows what to do with other spellings. */
const PROVIDER = /^\/(?:oauth(?:\/[\w-]+)+|\.well-known\/openid-configuration)$/;

/** Puts the busiest addresses, and the provider's, before the framework. */
export function installAdministrationFront(): void {
  installFront({
    composition,
    paths: { ...API_PATHS, "/api/notifications/send": ({ send }) => send },
    origin: readEnv().ADMINISTRATION_URL,
    policy: pagePolicy,
    other: ({ provider }, pathname) => {
      if (!PROVIDER.test(pathname)) return null;
      return async (req, res) => {
        for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
        await answerWithProvider(provider, req, res, req.url ?? pathname);
      };
    },
  });
}
