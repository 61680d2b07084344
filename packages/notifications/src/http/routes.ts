import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { RouteHandlers, RouteTools } from "@mgs/http/route";
import { z } from "zod";
import { LIMITS } from "../contract/schemas";
import { countUnread } from "../count-unread";
import { deleteNotification } from "../delete-notification";
import type { InboxDeps, SendDeps } from "../deps";
import { getNotification } from "../get-notification";
import { listChanges } from "../list-changes";
import { listInbox } from "../list-inbox";
import { readAll } from "../read-all";
import { sendNotification } from "../send-notification";
import { updateNotification } from "../update-notification";

/** Use cases parse what they get, after they have looked at who asks. */
const raw = z.unknown();
const BODY = { maxBytes: LIMITS.bodyBytes };

export type InboxRoutes = {
  /** `/api/notifications` */
  list: RouteHandlers;
  /** `/api/notifications/unread-count` */
  unreadCount: RouteHandlers;
  /** `/api/notifications/changes` */
  changes: RouteHandlers;
  /** `/api/notifications/read-all` */
  readAll: RouteHandlers;
  /** `/api/notifications/[id]` */
  one: RouteHandlers;
};

/** The recipient's side of the API, the same in every app. */
export function createNotificationRoutes(deps: InboxDeps, { route }: RouteTools): InboxRoutes {
  return {
    list: route(
      { GET: async ({ actor, request }) => ok(await listInbox(deps, actor, readQuery(request, raw))) },
      { scopes: { GET: "notifications:read" } },
    ),
    unreadCount: route(
      {
        GET: async ({ actor }) => {
          const data = await countUnread(deps, actor);
          return ok(data, { extra: { count: data.count } });
        },
      },
      { scopes: { GET: "notifications:read" } },
    ),
    changes: route(
      { GET: async ({ actor, request }) => ok(await listChanges(deps, actor, readQuery(request, raw))) },
      { scopes: { GET: "notifications:read" } },
    ),
    readAll: route(
      { POST: async ({ actor }) => ok(await readAll(deps, actor)) },
      { scopes: { POST: "notifications:write" } },
    ),
    one: route(
      {
        GET: async ({ actor, params }) => ok(await getNotification(deps, actor, params.id ?? "")),
        PATCH: async ({ actor, params, request }) =>
          ok(await updateNotification(deps, actor, params.id ?? "", await readJson(request, raw, BODY))),
        DELETE: async ({ actor, params }) => ok(await deleteNotification(deps, actor, params.id ?? "")),
      },
      { scopes: { GET: "notifications:read", PATCH: "notifications:write", DELETE: "notifications:write" } },
    ),
  };
}

/** `/api/notifications/send`, in administration alone: other portals call it over HTTP. */
export function createSendRoute(deps: SendDeps, { route }: RouteTools): RouteHandlers {
  return route(
    {
      POST: async ({ actor, request, requestId, cachedAuthentication }) => {
        const { notification, replayed } = await sendNotification(deps, actor, await readJson(request, raw, BODY), {
          idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
          requestId,
          cachedAuthentication,
        });
        return ok(notification, { status: 201, headers: replayed ? { "idempotency-replayed": "true" } : {} });
      },
    },
    { scopes: { POST: "notifications:send" }, allowCachedToken: true },
  );
}
