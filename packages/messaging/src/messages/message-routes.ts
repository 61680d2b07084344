import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { keepDraft, listDrafts } from "@mgs/writing/drafts/drafts";
import { conversationApiPath, messageApiPath } from "../contract/links";
import { conversationSubject } from "../conversations/conversation-subject";
import type { MessagingPorts } from "../deps";
import { remindOfMessage } from "../reminders/remind";
import { bodyOf, queryOf, READ, tabOf, WRITE, WRITE_BODY, withPorts } from "../route-parts";
import { deleteMessage } from "./delete-message";
import { editMessage } from "./edit-message";
import { listMessageChanges, listMessages } from "./list-messages";
import { listMessageVersions } from "./message-history";
import { postMessage } from "./post-message";
import { reactToMessage } from "./react";
import { searchNameable } from "./search-nameable";

const CONVERSATION = conversationApiPath("{id}");
const MESSAGE = messageApiPath("{id}", "{messageId}");

/** Routes of the messages of one conversation, and of what somebody types there. */
export function messageRoutesOf(ports: MessagingPorts): readonly Route<PortalDeps>[] {
  const handle = withPorts(ports);
  const subject = conversationSubject(ports);
  return [
    {
      ...{ method: "GET", path: `${CONVERSATION}/messages`, ...READ },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await listMessages(deps, actor, id, queryOf(request))),
      ),
    },
    {
      ...{ method: "POST", path: `${CONVERSATION}/messages`, ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) => {
        const { message, repeated } = await postMessage(deps, actor, id, await bodyOf(request), tabOf(request));
        return ok(message, { status: 201, headers: repeated ? { "idempotency-replayed": "true" } : {} });
      }),
    },
    {
      ...{ method: "GET", path: `${CONVERSATION}/messages/changes`, query: "?after=0", ...READ },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await listMessageChanges(deps, actor, id, queryOf(request))),
      ),
    },
    {
      ...{ method: "PATCH", path: MESSAGE, ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "", messageId = "" } }) =>
        ok(await editMessage(deps, actor, id, messageId, await bodyOf(request), tabOf(request))),
      ),
    },
    {
      ...{ method: "DELETE", path: MESSAGE, ...WRITE },
      handler: handle(async (deps, { actor, request, params: { id = "", messageId = "" } }) =>
        ok(await deleteMessage(deps, actor, id, messageId, tabOf(request))),
      ),
    },
    {
      ...{ method: "POST", path: `${MESSAGE}/reactions`, ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "", messageId = "" } }) =>
        ok(await reactToMessage(deps, actor, id, messageId, await bodyOf(request), tabOf(request))),
      ),
    },
    {
      ...{ method: "GET", path: `${MESSAGE}/versions`, ...READ },
      handler: handle(async (deps, { actor, params: { id = "", messageId = "" } }) =>
        ok(await listMessageVersions(deps, actor, id, messageId)),
      ),
    },
    {
      ...{ method: "PUT", path: `${MESSAGE}/reminder`, ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "", messageId = "" } }) => {
        await remindOfMessage(deps, actor, id, messageId, await bodyOf(request));
        return ok(null);
      }),
    },
    {
      ...{ method: "GET", path: `${CONVERSATION}/mentionable`, ...READ },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await searchNameable(deps, actor, id, queryOf(request))),
      ),
    },
    {
      ...{ method: "GET", path: `${CONVERSATION}/drafts`, ...READ },
      handler: handle(async (deps, { actor, params: { id = "" } }) => ok(await listDrafts(deps, actor, subject, id))),
    },
    {
      ...{ method: "PUT", path: `${CONVERSATION}/drafts`, ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await keepDraft(deps, actor, subject, id, await bodyOf(request))),
      ),
    },
  ];
}
