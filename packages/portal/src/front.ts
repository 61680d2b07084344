import type { IncomingMessage, ServerResponse } from "node:http";
import { answerFirst } from "@mgs/http/front/answer-first";
import { answerNode } from "@mgs/http/front/answer-node";
import { isKnownMethod } from "@mgs/http/methods";
import type { RouteHandlers } from "@mgs/http/route";
import { securityHeaders } from "@mgs/http/security-headers";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { answerHeaders, type PagePolicySettings } from "./answer-headers";
import type { ApiRoutes } from "./api-routes";

/** Addresses that are answered before the framework, and the route of each. */
export type FrontPaths<C> = Readonly<Record<string, (composition: C) => RouteHandlers>>;

/** What browsers and programs ask most; each of these is a `route.ts` of the app as well. */
export const API_PATHS: FrontPaths<{ api: ApiRoutes }> = {
  "/api/me": ({ api }) => api.me,
  "/api/notifications": ({ api }) => api.notifications.list,
  "/api/notifications/changes": ({ api }) => api.notifications.changes,
  "/api/notifications/read-all": ({ api }) => api.notifications.readAll,
  "/api/notifications/unread-count": ({ api }) => api.notifications.unreadCount,
  "/broadcasting/auth": ({ api }) => api.broadcasting.auth,
  "/broadcasting/user-auth": ({ api }) => api.broadcasting.userAuth,
  "/health/live": ({ api }) => api.health.live,
  "/health/ready": ({ api }) => api.health.ready,
};

/** Addresses with something in their path: the pattern's named group is the route's parameter. */
export type FrontPatterns<C> = readonly { path: RegExp; route: (composition: C) => RouteHandlers }[];

const API_PATTERNS: FrontPatterns<{ api: ApiRoutes }> = [
  { path: /^\/api\/notifications\/(?<id>[0-9a-f-]{36})$/, route: ({ api }) => api.notifications.one },
];

const LOGOUT = /^\/logout(?:\?|$)/;

/** Answers by Node's own request and response; `leave` hands both to the framework, untouched. */
export type NodeAnswer = (req: IncomingMessage, res: ServerResponse, leave: () => void) => Promise<void>;

type Front<C> = {
  composition: () => C | Promise<C>;
  paths: FrontPaths<C>;
  /** Besides those that every portal has. */
  patterns?: FrontPatterns<C>;
  /** The app's public origin. */
  origin: string;
  policy: () => PagePolicySettings;
  /** Answers what is not one of our routes; null leaves it to the framework. */
  other?: (composition: C, pathname: string, req: IncomingMessage) => NodeAnswer | null;
};

/**
 * Answers the app's busiest addresses before the framework sees them, with the very handlers that its `route.ts` files
 * mount. Whatever is not exactly one of them (another spelling, an unknown method) goes to the framework, and so does
 * everything while the composition cannot be made.
 */
export function installFront<C extends { api: ApiRoutes }>({
  composition,
  paths,
  patterns = [],
  origin,
  policy,
  other,
}: Front<C>): void {
  const withParameters: FrontPatterns<C> = [...API_PATTERNS, ...patterns];
  let made: C | undefined;
  // Made ahead of the first request, and again by whoever comes while it cannot be made.
  const make = async (): Promise<void> => {
    made = await composition();
  };
  void make().catch(() => undefined);
  const { host, protocol } = new URL(origin);
  answerFirst(
    () => Number(process.env.PORT),
    (req, res, leave) => {
      // Whom the framework believes that it is asked as is not a visitor's to say.
      Object.assign(req.headers, { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.slice(0, -1) });
      delete req.headers["x-forwarded-port"];
      // A page has the address of this route. Where the framework listens on 127.0.0.1, the proxy's own rewrite would be a
      // request to `localhost` over TLS, which nothing answers: the framework takes the two names for two servers.
      if (req.method === "POST" && LOGOUT.test(req.url ?? "")) req.url = "/api/logout";
      if (made === undefined) {
        void make().catch(() => undefined);
        return false;
      }
      const url = req.url ?? "";
      const end = url.indexOf("?");
      const pathname = end < 0 ? url : url.slice(0, end);
      const foreign = other?.(made, pathname, req);
      if (foreign) {
        foreign(req, res, leave).catch(() => broken(res));
        return true;
      }
      if (!isKnownMethod(req.method ?? "")) return false;
      const found = Object.hasOwn(paths, pathname) ? { route: paths[pathname] } : match(withParameters, pathname);
      const handlers = found?.route?.(made);
      if (!found || !handlers) return false;
      const { params = {} } = found;
      const headers = answerHeaders(policy(), pathname).always;
      answerNode(handlers, req, res, { origin, headers, params }).catch(() => broken(res));
      return true;
    },
    securityHeaders(isSecureOrigin(origin)),
  );
}

type Found<C> = { route: ((composition: C) => RouteHandlers) | undefined; params?: Record<string, string> };

function match<C>(patterns: FrontPatterns<C>, pathname: string): Found<C> | null {
  for (const { path, route } of patterns) {
    const groups = path.exec(pathname)?.groups;
    if (groups) return { route, params: { ...groups } };
  }
  return null;
}

/** Handlers answer their own failures; what still fails is a connection that is gone. */
function broken(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}
