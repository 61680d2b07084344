import { type Check, fail, ok, pickWorst } from "../check";
import { listClientPortals } from "../system";

/** The provider never issued this code. */
const NO_CODE = "doctor";

/**
 * Checks each portal's credentials at the token endpoint. For an unknown code the provider answers `invalid_grant` to a right
 * secret and `invalid_client` to a wrong one (RFC 6749 section 5.2), and it issues nothing.
 */
export const clientSecrets: Check = {
  name: "client-secrets",
  title: "Client secrets",
  advice: "Ask again when the issuer answers.",
  addresses: (system) => listClientPortals(system).map(({ env }) => env.OAUTH_SERVER_URL),
  async run(system, signal) {
    const findings = await Promise.all(
      listClientPortals(system).map(async ({ portal, env }) => {
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
    return pickWorst(findings, findings.map(({ detail }) => detail).join(", "));
  },
};
