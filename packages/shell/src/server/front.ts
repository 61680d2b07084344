import type { IncomingMessage, ServerResponse } from "node:http";
import { answerFirst } from "@mgs/http/front/answer-first";
import { answerNode } from "@mgs/http/front/answer-node";
import { isKnownMethod } from "@mgs/http/methods";
import type { RouteHandlers } from "@mgs/http/route";
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

/** The one address with something in its path. */
const ONE = /^\/api\/notifications\/([0-9a-f-]{36})$/;

type Front<C> = {
  composition: () => C | Promise<C>;
  paths: FrontPaths<C>;
  /** The app's public origin. */
  origin: string;
  policy: () => PagePolicySettings;
  /** Answers what another library serves in this process; false leaves it to the framework. */
  other?: (composition: C, pathname: string) => ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | null;
};

/**
 * Answers the app's busiest addresses before the framework sees them, with the very handlers that its `route.ts` files
 * mount. Whatever is not exactly one of them (another spelling, an unknown method) goes to the framework, and so does
 * everything while the composition cannot be made.
 */
export function installFront<C extends { api: ApiRoutes }>({
  composition,
  paths,
  origin,
  policy,
  other,
}: Front<C>): void {
  let made: C | undefined;
  // Made ahead of the first request, and again by whoever comes while it cannot be made.
  const make = async (): Promise<void> => {
    made = await composition();
  };
  void make().catch(() => undefined);
  answerFirst(
    () => Number(process.env.PORT),
    (req, res) => {
      if (made === undefined) {
        void make().catch(() => undefined);
        return false;
      }
      const url = req.url ?? "";
      const end = url.indexOf("?");
      const pathname = end < 0 ? url : url.slice(0, end);
      const foreign = other?.(made, pathname);
      if (foreign) {
        foreign(req, res).catch(() => broken(res));
        return true;
      }
      if (!isKnownMethod(req.method ?? "")) return false;
      const find = Object.hasOwn(paths, pathname) ? paths[pathname] : undefined;
      const id = find ? undefined : ONE.exec(pathname)?.[1];
      const handlers = find?.(made) ?? (id === undefined ? undefined : made.api.notifications.one);
      if (!handlers) return false;
      const options = { origin, headers: answerHeaders(policy(), pathname).always, ...(id ? { params: { id } } : {}) };
      answerNode(handlers, req, res, options).catch(() => broken(res));
      return true;
    },
  );
}

/** Handlers answer their own failures; what still fails is a connection that is gone. */
function broken(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}
