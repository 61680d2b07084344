import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { findAddressee } from "@mgs/messaging/conversations/find-addressee";
import { getConversation } from "@mgs/messaging/conversations/get-conversation";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import type { MessagingPorts } from "@mgs/messaging/deps";
import { conversationPath } from "@mgs/messaging/links";
import { openAt } from "@mgs/messaging/messages/open-at";
import { can } from "@mgs/messaging/permissions";
import { ConversationView } from "@mgs/shell/messages/conversation-view";
import { MessagesFrame } from "@mgs/shell/messages/messages-frame";
import { notFound, redirect } from "next/navigation";
import type { Runtime } from "../runtime";

type MessagesPageProps = {
  runtime: Runtime;
  actor: UserActor;
  ports: MessagingPorts;
  /** The conversation that the address names; undefined: the list alone. */
  conversationId?: string;
  /** The message that the address names. */
  messageId?: string | undefined;
  /** Whether a conversation is to be begun at once. */
  write?: boolean;
  /** With whom. */
  to?: string | undefined;
};

/** `/messages` and `/messages/{id}` of every portal: one's conversations, and one of them. */
export async function MessagesPage(props: MessagesPageProps) {
  const { runtime, actor, ports, conversationId, messageId, write = false, to } = props;
  const deps = { ...runtime, ...ports };
  const conversations = await listConversations(deps, actor, {});
  if (conversationId === undefined) {
    const addressee = to === undefined ? null : await findAddressee(deps, actor, to);
    if (addressee?.conversationId) redirect(conversationPath(addressee.conversationId));
    const people = addressee ? [{ id: addressee.id, name: addressee.name }] : [];
    return <MessagesFrame conversations={conversations} currentId={null} writeTo={write ? people : undefined} />;
  }
  const [details, opened] = await Promise.all([
    getConversation(deps, actor, conversationId),
    openAt(deps, actor, conversationId, messageId),
  ]).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const { id } = details.conversation;
  return (
    <MessagesFrame conversations={conversations} currentId={id}>
      <ConversationView
        key={`${id}-${messageId ?? ""}`}
        details={details}
        page={opened.page}
        unreadFrom={opened.unreadFrom}
        target={opened.target}
        mayReadVersions={can(actor, "messages.read-history")}
      />
    </MessagesFrame>
  );
}
