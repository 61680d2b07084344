"use client";
import { commentApiPath, commentsApiPath } from "@mgs/comments/contract/addresses";
import {
  type CommentDto,
  type CommentPage,
  comment as commentShape,
  MAX_COMMENT_CHARACTERS,
} from "@mgs/comments/contract/comment";
import { totalOf } from "@mgs/comments/contract/discussion-state";
import { useSocketId } from "@mgs/realtime/react";
import { Button } from "@mgs/ui/button";
import { useMemo, useRef, useState } from "react";
import { Refusal } from "../api/call-api";
import { randomUuid } from "../browser/random-uuid";
import { useTranslations } from "../intl";
import type { OutboxEntry } from "../outbox/outbox-store";
import { useOutbox } from "../outbox/use-outbox";
import { useShell } from "../shell-context";
import { showMessage } from "../toasts/show-message";
import { Composer } from "../writing/composer";
import { useTextDraft } from "../writing/use-text-draft";
import { type CommentedRecord, changeComment, placeOfWriting, tellTyping } from "./api";
import type { CommentActs, CommentRights } from "./comment-acts";
import { editPlace, OtherDraft, replyPlace, useSending } from "./comment-fields";
import { CommentThread } from "./comment-thread";
import { FarDrafts, findFarDrafts } from "./far-drafts";
import { playCommentSound, SoundSwitch } from "./sound";
import { TypingLine } from "./typing-line";
import { useArrivalNews } from "./use-arrival-news";
import { useCommentTarget } from "./use-comment-target";
import { useDiscussion } from "./use-discussion";
import { type DraftPlace, useDraftPlaces } from "./use-draft-places";
import { WaitingComment } from "./waiting-comment";
import { noteOfEdit, toWaitingEdit } from "./waiting-edit";

type CommentsPanelProps = {
  record: CommentedRecord;
  /** The record's channel without what stands before it: `dossier.42`. */
  channel: string;
  /** The newest page, as the server drew it. */
  page: CommentPage;
  may: CommentRights;
  /** What its reader has typed on the record and not sent. */
  drafts: readonly DraftPlace[];
};

/** Others hear of typing at most this often; it fades after three seconds. */
const TYPING_EVERY_MS = 2_000;

/** The comments on a record: read, written, answered and live. */
export function CommentsPanel({ record, channel, page, may, drafts }: CommentsPanelProps) {
  const t = useTranslations("comments");
  const { user } = useShell();
  const socketId = useSocketId();
  const news = useArrivalNews();
  const { state, store } = useDiscussion(record, channelOf(record, channel), page, (comments) => {
    const others = comments.filter((one) => one.user.id !== user.id && one.deleted_at === null);
    if (others.length === 0) return;
    news.tell(others);
    playCommentSound();
  });
  const lane = `comments:${record.segment}/${record.id}${record.threadId === undefined ? "" : `/${record.threadId}`}`;
  const outbox = useOutbox(lane, (data) => {
    if (commentShape(data)) void store.hear(data);
  });
  const place = useMemo(() => placeOfWriting(record), [record.segment, record.id, record.threadId]);
  const draft = useTextDraft(place, record.threadId === undefined ? "" : `thread:${record.threadId}`);
  const edits = outbox.entries.flatMap((entry) => toWaitingEdit(entry) ?? []);
  const places = useDraftPlaces(record, drafts, [
    ...edits.map(({ commentId }) => editPlace(commentId)),
    ...outbox.entries.flatMap((entry) => parentOf(entry) ?? []).map(replyPlace),
  ]);
  const [resumed, setResumed] = useState<string | null>(null);
  const sending = useSending();
  const typedAt = useRef(0);

  async function attempt(call: () => Promise<void>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      showMessage(error instanceof Refusal ? t("failed", { message: error.message }) : t("offline"), "danger");
      return false;
    }
  }

  /** Keeps a text in the queue. @returns false when the browser's storage has refused it: it stays in its field */
  async function queue(entry: Parameters<typeof outbox.add>[0]): Promise<boolean> {
    try {
      await outbox.add(entry);
      return true;
    } catch {
      showMessage(t("notKept"), "danger");
      return false;
    }
  }

  const acts: CommentActs = {
    ...{ record, place, may, outbox, attempt },
    hasDraft: (at) => places.some((one) => one.place === at),
    draftTime: (at) => places.find((one) => one.place === at)?.updated_at ?? null,
    isResumed: (at) => at === resumed,
    change: (comment, call) =>
      attempt(async () => store.hear(await changeComment(record, comment.id, { ...call, socketId: socketId() }))),
    send: (written, parentId) => {
      const id = randomUuid();
      const thread = record.threadId === undefined ? {} : { thread_id: record.threadId };
      const parent = parentId === null ? {} : { parent_id: parentId };
      return queue({ id, path: commentsApiPath(record), body: { id, ...written, ...thread, ...parent } });
    },
    edit: (commentId, { text: content, mentioned }, mentions, previous) =>
      queue({
        ...{ id: randomUuid(), method: "PUT", path: commentApiPath(record, commentId) },
        body: { content, mentions, previous },
        note: noteOfEdit(commentId, mentioned),
      }),
    editsOf: (commentId) => edits.filter((edit) => edit.commentId === commentId),
    typing() {
      const now = Date.now();
      if (now - typedAt.current < TYPING_EVERY_MS) return;
      typedAt.current = now;
      // It is told again with the next key.
      void tellTyping(record, socketId()).catch(() => undefined);
    },
  };

  const target = useCommentTarget(state, store);
  const threads = toThreads(state.comments);
  const isShown = (id: string) => state.comments.some((one) => one.id === id);
  // What was sent and heard of is no longer waiting, even before the queue has taken note.
  const waiting = outbox.entries.filter((entry) => !isShown(entry.id) && toWaitingEdit(entry) === null);
  const waitingIn = (id: string) => waiting.filter((entry) => parentOf(entry) === id);
  const farDrafts = state.older === null ? [] : findFarDrafts(places, record.threadId, isShown);
  const total = totalOf(state);
  return (
    <div className="grid grid-cols-1 gap-4" data-comments={total}>
      {news.region}
      <FarDrafts drafts={farDrafts} onResume={setResumed} />
      {state.older === null ? null : <OlderButton load={() => store.loadOlder()} />}
      {total === 0 && waiting.length === 0 ? <p className="text-muted text-sm">{t("empty")}</p> : null}
      <ul className="grid grid-cols-1 gap-5">
        {threads.map(({ root, answerTo, answers }) => (
          <CommentThread
            key={root.id}
            {...{ root, answerTo, answers, acts }}
            waiting={waitingIn(root.id)}
            target={target}
          />
        ))}
        {waiting
          .filter((entry) => !threads.some(({ root }) => root.id === parentOf(entry)))
          .map((entry) => (
            <WaitingComment key={entry.id} entry={entry} outbox={outbox} />
          ))}
        {edits
          .filter(({ commentId }) => !isShown(commentId))
          .map(({ entry, commentId }) => (
            <WaitingComment key={entry.id} entry={entry} outbox={outbox} editsHref={`#comment-${commentId}`} />
          ))}
      </ul>
      <div className="grid gap-2">
        {record.threadId === undefined ? <TypingLine channel={channel} /> : null}
        {may.comment ? (
          <Composer
            place={place}
            maxCharacters={MAX_COMMENT_CHARACTERS}
            label={t("label")}
            submit={t("send")}
            typed={draft.typed}
            onTyped={draft.setTyped}
            readOnly={!draft.ready}
            onTyping={record.threadId === undefined ? acts.typing : undefined}
            pending={sending.pending}
            onSubmit={(written) => void sending.run(() => acts.send(written, null), draft.clear)}
          >
            <OtherDraft draft={draft} />
          </Composer>
        ) : null}
        <SoundSwitch />
      </div>
    </div>
  );
}

const channelOf = ({ threadId }: CommentedRecord, channel: string): string =>
  threadId === undefined ? channel : `comment-thread.${threadId}`;

const parentOf = ({ body }: OutboxEntry): string | null => (typeof body.parent_id === "string" ? body.parent_id : null);

type Thread = { root: CommentDto; answerTo?: string; answers: CommentDto[] };

/** Puts answers under the comment that they answer; where that is not on the page they stand for themselves. */
function toThreads(comments: readonly CommentDto[]): Thread[] {
  const threads = new Map<string, Thread>();
  for (const comment of comments) {
    const parent = comment.parent_id === null ? undefined : threads.get(comment.parent_id);
    if (parent) parent.answers.push(comment);
    else threads.set(comment.id, { root: comment, answers: [], ...(comment.parent_id ? { answerTo: "…" } : {}) });
  }
  return [...threads.values()];
}

function OlderButton({ load }: { load: () => Promise<void> }) {
  const t = useTranslations("comments");
  const [pending, setPending] = useState(false);
  async function press() {
    setPending(true);
    await load().catch(() => showMessage(t("olderFailed"), "danger"));
    setPending(false);
  }
  return (
    <Button
      variant="secondary"
      size="sm"
      className="justify-self-center"
      pending={pending}
      onClick={() => void press()}
    >
      {t("older")}
    </Button>
  );
}
