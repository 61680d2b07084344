import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { getConversation } from "@mgs/messaging/conversations/get-conversation";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import type { MessagingPorts } from "@mgs/messaging/deps";
import { openAt } from "@mgs/messaging/messages/open-at";
import { can } from "@mgs/messaging/permissions";
import { ConversationView } from "@mgs/shell/messages/conversation-view";
import { MessagesFrame } from "@mgs/shell/messages/messages-frame";
import { notFound } from "next/navigation";
import type { Runtime } from "../runtime";

type MessagesPageProps = {
  runtime: Runtime;
  actor: UserActor;
  ports: MessagingPorts;
  /** The conversation that the address names; undefined: the list alone. */
  conversationId?: string;
  /** The message that the address names. */
  messageId?: string | undefined;
};

/** `/messages` and `/messages/{id}` of every portal: one's conversations, and one of them. */
export async function MessagesPage({ runtime, actor, ports, conversationId, messageId }: MessagesPageProps) {
  const deps = { ...runtime, ...ports };
  const conversations = await listConversations(deps, actor, {});
  if (conversationId === undefined) return <MessagesFrame conversations={conversations} currentId={null} />;
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
