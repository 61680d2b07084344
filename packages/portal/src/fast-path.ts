import type { IncomingMessage, ServerResponse } from "node:http";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { interceptRequests, type NodeAnswer } from "@mgs/http/fast-path/intercept-requests";
import { isKnownMethod } from "@mgs/http/methods";
import { securityHeaders } from "@mgs/http/security-headers";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { answerHeaders, type PagePolicySettings } from "./answer-headers";
import type { Composition } from "./composition";
import { logoutApiPath } from "./links";

const LOGOUT = /^\/logout(?:\?|$)/;

/**
 * Answers the portal's routes before the framework sees them, by the very router that its `route.ts` files mount. Whatever
 * is not exactly one of them (another spelling, an unknown method) goes to the framework.
 */
export function installFastPath({ parts, router }: Composition, policy: PagePolicySettings): void {
  const { origin } = policy;
  const { host, protocol } = new URL(origin);

  function findIntercepted(pathname: string, request: IncomingMessage): NodeAnswer | null {
    for (const { module, deps } of parts) {
      const answer = module.intercept?.(deps, pathname, request);
      if (answer) return answer;
    }
    return null;
  }

  interceptRequests(
    () => Number(process.env.PORT),
    (req, res, passThrough) => {
      // Whom the framework believes that it is asked as is not a visitor's to say.
      Object.assign(req.headers, { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.slice(0, -1) });
      delete req.headers["x-forwarded-port"];
      // A page has the address of this route. Where the framework listens on 127.0.0.1, the proxy's own rewrite would be a
      // request to `localhost` over TLS, which nothing answers: the framework takes the two names for two servers.
      if (req.method === "POST" && LOGOUT.test(req.url ?? "")) req.url = logoutApiPath();
      const pathname = pathOf(req.url ?? "");
      const intercepted = findIntercepted(pathname, req);
      if (intercepted) {
        intercepted(req, res, passThrough).catch(() => endBroken(res));
        return true;
      }
      const answer = isKnownMethod(req.method ?? "") ? router.match(pathname) : null;
      if (!answer) return false;
      const headers = answerHeaders(policy, pathname).always;
      answerNodeRequest(answer, req, res, { origin, headers }).catch(() => endBroken(res));
      return true;
    },
    securityHeaders(isSecureOrigin(origin)),
  );
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Handlers answer their own failures; what still fails is a connection that is gone. */
function endBroken(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}
