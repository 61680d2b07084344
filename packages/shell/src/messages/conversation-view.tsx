"use client";
import type { ConversationDetails } from "@mgs/messaging/contract/conversation";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { type MessageDto, type MessagePage, message as messageShape } from "@mgs/messaging/contract/message";
import { useSocketId } from "@mgs/realtime/react";
import { MessagesSquare } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useMemo, useRef, useState } from "react";
import { Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { useOutbox } from "../outbox/use-outbox";
import { useShell } from "../shell-context";
import { serverNow } from "../time/server-clock";
import { showMessage } from "../toasts/show-message";
import { changeMessage, type MessageCall } from "./api";
import { ConversationHeader } from "./conversation-header";
import { EndPill, StretchPill, UnreadPill } from "./list-pills";
import type { MessageActs } from "./message-acts";
import { MessageComposer } from "./message-composer";
import { MessageItem } from "./message-item";
import { DayLine, UnreadLine } from "./message-lines";
import { MessageList, type MessageListHandle, type Sight } from "./message-list";
import { toMessageRows } from "./message-rows";
import { TypingNames } from "./typing-names";
import { useConversation } from "./use-conversation";
import { useDays } from "./use-days";
import { useMessageNews } from "./use-message-news";
import { useReading } from "./use-reading";
import { useStretches } from "./use-stretches";
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
export function ConversationView({ details, page, target, mayReadVersions, ...props }: ConversationViewProps) {
  const t = useTranslations("messages");
  const { user } = useShell();
  const socketId = useSocketId();
  const router = useRouter();
  const { conversation, members } = details;
  const list = useRef<MessageListHandle>(null);
  const composer = useRef<HTMLDivElement>(null);
  // The line stays where it was when the page was opened, also when the rest of the page is drawn anew.
  const [unreadFrom] = useState(props.unreadFrom);
  const news = useMessageNews();
  const { state, store } = useConversation(conversation.id, page, (messages) => {
    news.tell(messages.filter(({ auteur }) => auteur.id !== user.id));
    // A line tells of other people or another name: what the server drew is old.
    if (messages.some(({ kind }) => kind !== "text")) startTransition(() => router.refresh());
  });
  const isComplete = state.newer === null;
  const newest = isComplete ? state.messages.at(-1) : undefined;
  const stretches = useStretches(store);
  const reading = useReading(details, newest);
  const typing = useTyping(conversation.id, user.id, members);
  const [replyTo, setReplyTo] = useState<MessageDto | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [initial] = useState(() => page.messages.find(({ place }) => place === target)?.id ?? null);
  /** The message to which the reader was led; it is marked. */
  const [found, setFound] = useState(initial);
  const [hasSeenUnread, setSeenUnread] = useState(unreadFrom === null);
  /** Place of the newest message when its reader last was at the end. */
  const [seenPlace, setSeenPlace] = useState(conversation.last_place);
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

  /** Shows a row, by its key; a message that is not loaded is read with those around it. */
  async function show(key: string, place: number) {
    if (list.current?.show(key)) return;
    if (await attempt(() => store.jump({ around: place }))) list.current?.show(key);
  }

  async function showEnd() {
    if (!isComplete && !(await attempt(() => store.jump({})))) return;
    list.current?.showEnd();
  }

  const write = () => composer.current?.querySelector("textarea")?.focus();

  const acts: MessageActs = {
    ...{ userId: user.id, mayReadVersions, attempt, now: serverNow },
    change: (message: MessageDto, call: MessageCall) =>
      attempt(async () => store.hear(await changeMessage(message, call, { socketId: socketId() }))),
    reply(message) {
      setReplyTo(message);
      // The menu gives the focus back to its button first.
      requestAnimationFrame(write);
    },
    markUnread: (message) => void attempt(() => reading.markUnread(message)),
    show({ id, place }) {
      setFound(id);
      void show(id, place);
    },
  };

  const rows = useMemo(() => {
    // What was sent and heard of is no longer waiting, even before the queue has taken note.
    const known = new Set(state.messages.map(({ id }) => id));
    const waiting = isComplete ? outbox.entries.filter(({ id }) => !known.has(id)) : [];
    return toMessageRows(state.messages, { dayOf: dayOf.key, unreadFrom, waiting });
  }, [state.messages, isComplete, outbox.entries, dayOf, unreadFrom]);

  function onSight({ isAtEnd: at, first, last }: Sight) {
    const isEnd = at && isComplete;
    setAtEnd(isEnd);
    reading.setAtEnd(isEnd);
    if (isEnd && newest) setSeenPlace(newest.place);
    const unreadRow = rows.findIndex(({ kind }) => kind === "unread");
    if (unreadRow >= first && unreadRow <= last) setSeenUnread(true);
  }
  const newCount = state.messages.filter(
    ({ place, auteur, kind }) => place > seenPlace && auteur.id !== user.id && kind === "text",
  ).length;
  const isUnreadLoaded = rows.some(({ kind }) => kind === "unread");
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {news.region}
      <ConversationHeader details={details} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <MessageList
          handle={list}
          rows={rows}
          label={t("conversation", { title: conversation.title })}
          initialKey={initial ?? (isUnreadLoaded ? "unread" : null)}
          isComplete={isComplete}
          draw={(row, isActive) =>
            row.kind === "day" ? (
              <DayLine text={dayOf.name(row.iso)} />
            ) : row.kind === "unread" ? (
              <UnreadLine />
            ) : row.kind === "waiting" ? (
              <WaitingMessage entry={row.entry} outbox={outbox} />
            ) : (
              <MessageItem
                message={row.message}
                isContinued={row.isContinued}
                isActive={isActive}
                isFound={row.message.id === found}
                readBy={reading.readBy(row.message)}
                acts={acts}
              />
            )
          }
          onNearStart={() => stretches.load("older")}
          onNearEnd={() => stretches.load("newer")}
          onSight={onSight}
          onLeave={write}
        >
          <div className="grid h-full content-center justify-items-center gap-3 p-6 text-muted">
            <MessagesSquare aria-hidden className="size-8" />
            <p className="text-center text-sm">{t("empty")}</p>
          </div>
        </MessageList>
        {stretches.state !== null ? (
          <StretchPill state={stretches.state} onRetry={stretches.retry} />
        ) : unreadFrom === null || hasSeenUnread ? null : (
          <UnreadPill count={conversation.unread_count} onPress={() => void show("unread", unreadFrom)} />
        )}
        {isAtEnd ? null : <EndPill newCount={newCount} onPress={() => void showEnd()} />}
      </div>
      <TypingNames names={typing.names} />
      <MessageComposer
        conversationId={conversation.id}
        title={conversation.title}
        replyTo={replyTo}
        onCancelReply={() => setReplyTo(null)}
        onTyping={typing.tell}
        frame={composer}
        onSend={async (message) => {
          const path = conversationApiPath(conversation.id, "messages");
          const added = await attempt(() => outbox.add({ id: message.id, path, body: message }));
          if (added) void showEnd();
          return added;
        }}
      />
    </div>
  );
}
