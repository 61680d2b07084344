import { signInCallbackPath } from "@mgs/core/portal-links";
import { originVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** A portal's registration at the provider. NextAuth itself reads `NEXTAUTH_URL`. */
export const portalEnv = z
  .object({
    OAUTH_CLIENT_ID: z.string().min(1),
    OAUTH_CLIENT_SECRET: z.string().min(16, "must have at least 16 characters"),
    OAUTH_REDIRECT_URI: z.string().refine(
      (uri) => {
        const url = URL.parse(uri);
        return url !== null && /^https?:$/.test(url.protocol) && uri === `${url.origin}${signInCallbackPath()}`;
      },
      { error: `must be an http(s) origin followed by ${signInCallbackPath()}, to the letter` },
    ),
    OAUTH_SERVER_URL: originVariable,
    NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
    NEXTAUTH_URL: originVariable,
  })
  .refine((env) => new URL(env.OAUTH_REDIRECT_URI).origin === env.NEXTAUTH_URL, {
    path: ["OAUTH_REDIRECT_URI"],
    error: "must be on the origin of NEXTAUTH_URL",
  });
export type PortalEnv = z.output<typeof portalEnv>;
