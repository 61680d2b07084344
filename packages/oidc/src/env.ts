import { originVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** The provider's own settings; every process that talks to it needs the issuer alone. */
export const issuerEnv = z.object({ OAUTH_SERVER_URL: originVariable });

export const providerEnv = issuerEnv.extend({
  /** Signs the provider's cookies; several, separated by commas, let one rotate: the first signs, all verify. */
  OIDC_COOKIE_SECRET: z.string().min(32, "must have at least 32 characters"),
});
