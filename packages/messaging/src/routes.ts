import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { changeConversation } from "./conversations/change-conversation";
import { addPeople, removePerson } from "./conversations/change-people";
import { getConversation } from "./conversations/get-conversation";
import { listConversations, listConversationsOf } from "./conversations/list-conversations";
import { openConversation } from "./conversations/open-conversation";
import type { MessagingPorts } from "./deps";
import { messageRoutesOf } from "./messages/message-routes";
import { presenceRoutes } from "./presence/presence-routes";
import { countUnread, readConversation } from "./reading/read-conversation";
import { bodyOf, queryOf, READ, tabOf, WRITE, WRITE_BODY, withPorts } from "./route-parts";
import { laterRoutes } from "./scheduled/later-routes";
import { searchMessages } from "./search/search-messages";

/** Routes of messages, in every portal. Those with a fixed part stand before those with an id in its place. */
export function messageRoutes(ports: MessagingPorts): readonly Route<PortalDeps>[] {
  const handle = withPorts(ports);
  return [
    {
      ...{ method: "GET", path: "/api/conversations", ...READ },
      handler: handle(async (deps, { actor, request }) => ok(await listConversations(deps, actor, queryOf(request)))),
    },
    {
      ...{ method: "POST", path: "/api/conversations", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request }) => {
        const idempotencyKey = request.headers.get("idempotency-key") ?? undefined;
        const options = { idempotencyKey, ...tabOf(request) };
        const { conversation, created } = await openConversation(deps, actor, await bodyOf(request), options);
        return ok(conversation, { status: created ? 201 : 200 });
      }),
    },
    {
      ...{ method: "GET", path: "/api/conversations/unread-count", ...READ },
      handler: handle(async (deps, { actor }) => ok(await countUnread(deps, actor))),
    },
    {
      ...{ method: "GET", path: "/api/conversations/search", query: "?q=devis", ...READ },
      handler: handle(async (deps, { actor, request }) => ok(await searchMessages(deps, actor, queryOf(request)))),
    },
    {
      ...{ method: "GET", path: "/api/conversations/user/{id}", ...READ },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await listConversationsOf(deps, actor, id, queryOf(request))),
      ),
    },
    ...laterRoutes(ports),
    {
      ...{ method: "GET", path: "/api/conversations/{id}", ...READ },
      handler: handle(async (deps, { actor, params: { id = "" } }) => ok(await getConversation(deps, actor, id))),
    },
    {
      ...{ method: "PATCH", path: "/api/conversations/{id}", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await changeConversation(deps, actor, id, await bodyOf(request), tabOf(request))),
      ),
    },
    {
      ...{ method: "POST", path: "/api/conversations/{id}/people", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await addPeople(deps, actor, id, await bodyOf(request), tabOf(request))),
      ),
    },
    {
      ...{ method: "DELETE", path: "/api/conversations/{id}/people/{userId}", ...WRITE },
      handler: handle(async (deps, { actor, request, params: { id = "", userId = "" } }) => {
        await removePerson(deps, actor, id, userId, tabOf(request));
        return ok(null);
      }),
    },
    {
      ...{ method: "POST", path: "/api/conversations/{id}/read", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await readConversation(deps, actor, id, await bodyOf(request), tabOf(request))),
      ),
    },
    ...messageRoutesOf(ports),
    ...presenceRoutes(ports),
  ];
}
