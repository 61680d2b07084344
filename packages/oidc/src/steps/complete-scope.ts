import type Provider from "oidc-provider";
import type { Step } from "./step";

/**
 * Completes the scope of an authorization request. One without `scope`, as old clients of Passport send it, asks for all
 * that its client is registered with (RFC 6749 section 3.3: a pre-defined default); the consent page names it. A portal
 * gets what portals need, whatever its version asks for.
 */
export function completeScope(provider: Provider): Step {
  return async (ctx, next) => {
    const { client_id: clientId, scope } = ctx.query;
    if (ctx.method !== "GET" || typeof clientId !== "string" || Array.isArray(scope)) return next();
    const client = await provider.Client.find(clientId);
    if (client?.scope !== undefined && (!scope || client.first_party === true)) {
      const asked = (scope ?? "").split(" ").filter(Boolean);
      ctx.query = { ...ctx.query, scope: [...new Set([...asked, ...client.scope.split(" ")])].join(" ") };
    }
    return next();
  };
}
