import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { z } from "zod";
import { MAX_BODY_BYTES } from "./contract/schemas";
import { countUnread } from "./count-unread";
import { deleteNotification } from "./delete-notification";
import type { InboxDeps, SendDeps } from "./deps";
import { getNotification } from "./get-notification";
import { listChanges } from "./list-changes";
import { listInbox } from "./list-inbox";
import { markAllRead } from "./mark-all-read";
import { sendNotification } from "./send-notification";
import { updateNotification } from "./update-notification";

/** Routes pass input on unparsed: the use case checks the permission before it parses. */
const raw = z.unknown();
const BODY = { kind: "json", maxBytes: MAX_BODY_BYTES } as const;
const READ = "notifications:read";
const WRITE = "notifications:write";

/** Routes of the recipient's inbox, the same in every portal. */
export const inboxRoutes = [
  {
    method: "GET",
    path: "/api/notifications",
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listInbox(deps, actor, readQuery(request, raw))),
  },
  {
    method: "GET",
    path: "/api/notifications/unread-count",
    access: "signed-in",
    scope: READ,
    handler: async ({ actor }, deps) => {
      const data = await countUnread(deps, actor);
      return ok(data, { extra: { count: data.count } });
    },
  },
  {
    method: "GET",
    path: "/api/notifications/changes",
    access: "signed-in",
    scope: READ,
    query: "?after=0",
    handler: async ({ actor, request }, deps) => ok(await listChanges(deps, actor, readQuery(request, raw))),
  },
  {
    method: "POST",
    path: "/api/notifications/read-all",
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor }, deps) => ok(await markAllRead(deps, actor)),
  },
  {
    method: "GET",
    path: "/api/notifications/{id}",
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, params }, deps) => ok(await getNotification(deps, actor, params.id ?? "")),
  },
  {
    method: "PATCH",
    path: "/api/notifications/{id}",
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await updateNotification(deps, actor, params.id ?? "", await readJson(request, raw, BODY))),
  },
  {
    method: "DELETE",
    path: "/api/notifications/{id}",
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params }, deps) => ok(await deleteNotification(deps, actor, params.id ?? "")),
  },
] as const satisfies readonly Route<InboxDeps>[];

/** The route that sends; administration alone has it, and the other portals call it over HTTP. */
export const sendRoute = {
  method: "POST",
  path: "/api/notifications/send",
  portals: ["administration"],
  access: "signed-in",
  scope: "notifications:send",
  programs: true,
  allowCachedToken: true,
  body: BODY,
  handler: async ({ actor, request, requestId, cachedAuthentication }, deps) => {
    const { notification, replayed } = await sendNotification(deps, actor, await readJson(request, raw, BODY), {
      idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
      requestId,
      cachedAuthentication,
    });
    return ok(notification, { status: 201, headers: replayed ? { "idempotency-replayed": "true" } : {} });
  },
} as const satisfies Route<SendDeps>;

/** Every route of the domain; a portal keeps those that it has. */
export const notificationRoutes: readonly Route<SendDeps>[] = [...inboxRoutes, sendRoute];
