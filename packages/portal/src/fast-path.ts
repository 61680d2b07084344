import type { IncomingMessage, ServerResponse } from "node:http";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { interceptRequests, type NodeAnswer } from "@mgs/http/fast-path/intercept-requests";
import { isKnownMethod } from "@mgs/http/methods";
import { securityHeaders } from "@mgs/http/security-headers";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { createAnswerHeaders, type PagePolicySettings } from "./answer-headers";
import type { Composition } from "./composition";
import { logoutApiPath } from "./links";
import type { MaintenanceGate } from "./maintenance/maintenance-gate";

const LOGOUT_PATTERN = /^\/logout(?:\?|$)/;

/**
 * Answers the portal's routes before the framework sees them, with the router that its `route.ts` files mount. The framework
 * gets every other request (another spelling, an unknown method).
 */
export function installFastPath(
  { parts, router }: Pick<Composition, "parts" | "router">,
  policy: PagePolicySettings,
  gate: MaintenanceGate,
): void {
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
      // The framework trusts this header, so a visitor must not set it.
      Object.assign(req.headers, { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.slice(0, -1) });
      delete req.headers["x-forwarded-port"];
      // A page has the address of this route, so the request is rewritten here. A rewrite in the proxy would become a request to
      // `localhost` over TLS when the framework listens on 127.0.0.1, because it takes the two names for two servers.
      if (req.method === "POST" && LOGOUT_PATTERN.test(req.url ?? "")) req.url = logoutApiPath();
      const pathname = pathOf(req.url ?? "");
      if (gate.isOpen(pathname)) return dispatch(pathname, req, res, passThrough);
      gate
        .answer(pathname, req, res)
        .then((answered) => {
          if (!answered && !dispatch(pathname, req, res, passThrough)) passThrough();
        })
        .catch(() => destroyResponse(res));
      return true;
    },
    securityHeaders(isSecureOrigin(origin)),
  );

  /** Answers by a module or a route. @returns false for a request of the framework */
  function dispatch(pathname: string, req: IncomingMessage, res: ServerResponse, passThrough: () => void): boolean {
    const intercepted = findIntercepted(pathname, req);
    if (intercepted) {
      intercepted(req, res, passThrough).catch(() => destroyResponse(res));
      return true;
    }
    const answer = isKnownMethod(req.method ?? "") ? router.match(pathname) : null;
    if (!answer) return false;
    const headers = createAnswerHeaders(policy, pathname).always;
    answerNodeRequest(answer, req, res, { origin, headers }).catch(() => destroyResponse(res));
    return true;
  }
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Destroys the response of a closed connection; handlers answer their own errors. */
function destroyResponse(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}
