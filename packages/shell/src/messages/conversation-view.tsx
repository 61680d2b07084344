"use client";
import type { ConversationDetails } from "@mgs/messaging/contract/conversation";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { type MessageDto, type MessagePage, message as messageShape } from "@mgs/messaging/contract/message";
import { useSocketId } from "@mgs/realtime/react";
import { Button } from "@mgs/ui/button";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef, useState } from "react";
import { Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { useOutbox } from "../outbox/use-outbox";
import { useShell } from "../shell-context";
import { serverNow } from "../time/server-clock";
import { showMessage } from "../toasts/show-message";
import { changeMessage, type MessageCall } from "./api";
import { ConversationHeader } from "./conversation-header";
import type { MessageActs } from "./message-acts";
import { MessageComposer } from "./message-composer";
import { MessageItem } from "./message-item";
import { DayLine, UnreadLine } from "./message-lines";
import { MessageList, type MessageListHandle } from "./message-list";
import { toMessageRows } from "./message-rows";
import { TypingNames } from "./typing-names";
import { useConversation } from "./use-conversation";
import { useDays } from "./use-days";
import { useMessageNews } from "./use-message-news";
import { useReading } from "./use-reading";
import { useTyping } from "./use-typing";
import { WaitingMessage } from "./waiting-message";

type ConversationViewProps = {
  details: ConversationDetails;
  /** The messages with which the page opens: those around the first that is unread, else the newest. */
  page: MessagePage;
  /** Place of the first unread message; null: there is none. */
  unreadFrom: number | null;
  /** Place of the message that the address names; null: it names none. */
  target: number | null;
  mayReadVersions: boolean;
};

/** One conversation: its messages, read, written, answered and live. */
export function ConversationView({ details, page, unreadFrom, target, mayReadVersions }: ConversationViewProps) {
  const t = useTranslations("messages");
  const { user } = useShell();
  const socketId = useSocketId();
  const { conversation, members } = details;
  const list = useRef<MessageListHandle>(null);
  const news = useMessageNews();
  const { state, store } = useConversation(conversation.id, page, (messages) =>
    news.tell(messages.filter(({ auteur }) => auteur.id !== user.id)),
  );
  const newest = state.newer === null ? state.messages.at(-1) : undefined;
  const reading = useReading(details, newest);
  const typing = useTyping(conversation.id, user.id, members);
  const [replyTo, setReplyTo] = useState<MessageDto | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const dayOf = useDays();
  const lane = `messages:${conversation.id}`;
  const outbox = useOutbox(lane, (data) => {
    if (messageShape(data)) void store.hear(data);
  });

  async function attempt(call: () => Promise<void>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      showMessage(error instanceof Refusal ? error.message : t("loadFailed"), "danger");
      return false;
    }
  }

  /** Shows a message in its place; one that is not loaded is read with those around it. */
  async function show({ id, place }: { id: string; place: number }) {
    if (list.current?.show(id)) return;
    await attempt(() => store.jump({ around: place }));
    requestAnimationFrame(() => list.current?.show(id));
  }

  async function showEnd() {
    if (state.newer !== null) await attempt(() => store.jump({}));
    requestAnimationFrame(() => list.current?.showEnd());
  }

  const acts: MessageActs = {
    ...{ userId: user.id, mayReadVersions, attempt, now: serverNow },
    change: (message: MessageDto, call: MessageCall) =>
      attempt(async () => store.hear(await changeMessage(message, call, { socketId: socketId() }))),
    reply: setReplyTo,
    markUnread: (message) => void attempt(() => reading.markUnread(message)),
    show: (message) => void show(message),
  };

  const rows = toMessageRows(state.messages, { dayOf: dayOf.key, unreadFrom });
  const isShown = (id: string) => state.messages.some((one) => one.id === id);
  // What was sent and heard of is no longer waiting, even before the queue has taken note.
  const waiting = outbox.entries.filter(({ id }) => !isShown(id));
  const initial = target === null ? null : (state.messages.find(({ place }) => place === target)?.id ?? null);
  const firstUnread = unreadFrom === null ? undefined : state.messages.find(({ place }) => place === unreadFrom);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {news.region}
      <ConversationHeader details={details} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <MessageList
          handle={list}
          rows={rows}
          label={t("conversation", { title: conversation.title })}
          initialKey={initial ?? (firstUnread ? "unread" : null)}
          draw={(row) =>
            row.kind === "day" ? (
              <DayLine text={dayOf.name(row.iso)} />
            ) : row.kind === "unread" ? (
              <UnreadLine />
            ) : (
              <MessageItem
                message={row.message}
                isContinued={row.isContinued}
                readBy={reading.readBy(row.message)}
                acts={acts}
              />
            )
          }
          onNearStart={() => void store.loadOlder().catch(() => undefined)}
          onNearEnd={() => void store.loadNewer().catch(() => undefined)}
          onAtEnd={(at) => {
            setAtEnd(at && state.newer === null);
            reading.setAtEnd(at && state.newer === null);
          }}
        >
          {rows.length === 0 && waiting.length === 0 ? (
            <p className="p-6 text-center text-muted text-sm">{t("empty")}</p>
          ) : null}
          {waiting.length === 0 ? null : (
            <ul className="grid gap-2 px-4 py-2">
              {waiting.map((entry) => (
                <WaitingMessage key={entry.id} entry={entry} outbox={outbox} />
              ))}
            </ul>
          )}
        </MessageList>
        {isAtEnd ? null : (
          <Button
            variant="secondary"
            size="sm"
            className="absolute inset-e-4 bottom-3 shadow-float"
            onClick={() => void showEnd()}
          >
            <ArrowDown aria-hidden />
            {t("toEnd")}
          </Button>
        )}
        {firstUnread === undefined || isAtEnd ? null : (
          <Button
            variant="secondary"
            size="sm"
            className="absolute top-3 self-center shadow-float"
            onClick={() => void show(firstUnread)}
          >
            <ArrowUp aria-hidden />
            {t("unreadLine")}
          </Button>
        )}
      </div>
      <TypingNames names={typing.names} />
      <MessageComposer
        conversationId={conversation.id}
        title={conversation.title}
        replyTo={replyTo}
        onCancelReply={() => setReplyTo(null)}
        onTyping={typing.tell}
        onSend={async (message) => {
          const path = conversationApiPath(conversation.id, "messages");
          const added = await attempt(() => outbox.add({ id: message.id, path, body: message }));
          if (added) requestAnimationFrame(() => list.current?.showEnd());
          return added;
        }}
      />
    </div>
  );
}
