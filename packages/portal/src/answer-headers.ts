import { randomPooled } from "@mgs/core/random";
import { contentSecurityPolicy, securityHeaders } from "@mgs/http/security-headers";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { ACCOUNT_PAGES_PREFIX } from "@mgs/identity/account-links/links";
import type { PublicPusherSettings } from "@mgs/realtime/connection";

export type PagePolicySettings = {
  /** The app's public origin. */
  origin: string;
  pusher: PublicPusherSettings;
  /** Origins (or schemes) that a page's forms may post or redirect to. */
  formAction: (pathname: string) => readonly string[];
  development: boolean;
};

/** Makes the headers of an answer, with a nonce of its own. */
export function createAnswerHeaders({ origin, pusher, formAction, development }: PagePolicySettings, pathname: string) {
  const secure = isSecureOrigin(origin);
  const nonce = randomPooled(16).toString("base64");
  const connect = listRealtimeOrigins(pusher);
  const policy = contentSecurityPolicy({ nonce, connect, formAction: formAction(pathname), secure, development });
  const always: Record<string, string> = {
    ...securityHeaders(secure),
    // The address of such a page holds the token of a single-use link.
    ...(pathname.startsWith(ACCOUNT_PAGES_PREFIX) ? { "Referrer-Policy": "no-referrer" } : {}),
    "content-security-policy": policy,
  };
  return { nonce, policy, always };
}

/** Lists the origins that pusher-js connects to, by WebSocket or HTTP: our server's, or those of hosted Pusher's cluster. */
function listRealtimeOrigins({ host, port, tls, cluster }: PublicPusherSettings): string[] {
  if (host === null) return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`];
  const address = port === null ? host : `${host}:${port}`;
  const secure = tls ? "s" : "";
  return [`ws${secure}://${address}`, `http${secure}://${address}`];
}
