import { type Check, fail, ok, worst } from "../check";
import { clientPortals } from "../system";

/** No provider gives anything for it. */
const NO_CODE = "doctor";

/**
 * Each portal's credentials, at the token endpoint itself: with a code that never was, a right secret is answered
 * `invalid_grant` and a wrong one `invalid_client` (RFC 6749 section 5.2). Nothing is issued or changed.
 */
export const clientSecrets: Check = {
  name: "client-secrets",
  title: "Client secrets",
  advice: "Ask again when the issuer answers.",
  addresses: (system) => clientPortals(system).map(({ env }) => env.OAUTH_SERVER_URL),
  async run(system, signal) {
    const findings = await Promise.all(
      clientPortals(system).map(async ({ portal, env }) => {
        const id = encodeURIComponent(env.OAUTH_CLIENT_ID);
        const secret = encodeURIComponent(env.OAUTH_CLIENT_SECRET);
        const response = await fetch(`${env.OAUTH_SERVER_URL}/oauth/token`, {
          method: "POST",
          headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
          body: new URLSearchParams({
            grant_type: "authorization_code",
            code: NO_CODE,
            redirect_uri: env.OAUTH_REDIRECT_URI,
            code_verifier: NO_CODE.repeat(8),
          }),
          signal,
        });
        const answer: unknown = await response.json().catch(() => null);
        const error: unknown = typeof answer === "object" && answer !== null ? Reflect.get(answer, "error") : undefined;
        if (error === "invalid_grant") return ok(portal);
        if (error === "invalid_client") {
          return fail(
            `${portal}: the provider refuses its secret`,
            "Set the same secret for the portal and at npm start, which registers it; then restart the portal.",
          );
        }
        return fail(`${portal}: the token endpoint answers ${response.status}`, "See the log of administration.");
      }),
    );
    return worst(findings, findings.map(({ detail }) => detail).join(", "));
  },
};
