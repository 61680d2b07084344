"use client";
import { type CommentDto, MAX_COMMENT_CHARACTERS } from "@mgs/comments/contract/comment";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslations } from "../intl";
import { Composer } from "../writing/composer";
import type { Typed } from "../writing/draft-keeper";
import { type TextDraftField, useTextDraft } from "../writing/use-text-draft";
import type { CommentActs } from "./comment-acts";
import { takeBack, underWay } from "./waiting-edit";

/** The places of drafts, as the contract has them. */
export const replyPlace = (id: string): string => `reply:${id}`;
export const editPlace = (id: string): string => `edit:${id}`;

type FieldProps = {
  acts: CommentActs;
  onClose: () => void;
  /** Its author has asked for it just now; a field that a draft has opened leaves the focus where it is. */
  isAsked: boolean;
};

/** The field for an answer. It is left by Escape with what was typed, and given up by its button. */
export function ReplyField({ root, acts, onClose, isAsked }: FieldProps & { root: CommentDto }) {
  const t = useTranslations("comments");
  const draft = useTextDraft(acts.place, replyPlace(root.id));
  const sending = useSending();

  function close() {
    draft.clear();
    onClose();
  }
  return (
    <Composer
      place={acts.place}
      maxCharacters={MAX_COMMENT_CHARACTERS}
      label={t("replyLabel")}
      submit={t("reply")}
      typed={draft.typed}
      onTyped={draft.setTyped}
      readOnly={!draft.ready}
      onTyping={acts.typing}
      pending={sending.pending}
      onSubmit={(written) => void sending.run(() => acts.send(written, root.id), close)}
      onCancel={close}
      onLeave={onClose}
      autoFocus={isAsked}
    >
      <OtherDraft draft={draft} />
    </Composer>
  );
}

/** A refused text with which its author goes on in the field; `onTaken` is called when the field keeps it. */
export type TakenEdit = { typed: Typed; onTaken: () => void };

type EditFieldProps = FieldProps & { comment: CommentDto; taken: TakenEdit | null };

/** The field in which a comment is changed. Like an answer it outlives a reload, and what it sends waits for the network. */
export function EditField({ comment, acts, onClose, isAsked, taken }: EditFieldProps) {
  const t = useTranslations("comments");
  const initial = useRef(underWay(acts.editsOf(comment.id)).at(-1)?.typed ?? toTyped(comment)).current;
  const draft = useTextDraft(acts.place, editPlace(comment.id), initial);

  const sending = useSending();
  const begun = acts.draftTime(editPlace(comment.id));
  // Both are the server's times.
  const isOvertaken = begun !== null && comment.edited_at !== null && begun < comment.edited_at;

  const take = useEffectEvent(({ typed, onTaken }: TakenEdit) => {
    draft.setTyped(takeBack(draft.typed, initial.text, typed));
    onTaken();
  });
  useEffect(() => {
    if (draft.ready && taken !== null) take(taken);
  }, [draft.ready, taken]);

  function close() {
    draft.clear();
    onClose();
  }
  return (
    <Composer
      place={acts.place}
      maxCharacters={MAX_COMMENT_CHARACTERS}
      label={t("editLabel")}
      submit={t("save")}
      typed={draft.typed}
      onTyped={draft.setTyped}
      readOnly={!draft.ready}
      pending={sending.pending}
      onSubmit={({ content, mentions }) => {
        const typed = { text: content, mentioned: draft.typed.mentioned };
        void sending.run(() => acts.edit(comment.id, typed, mentions, initial.text), close);
      }}
      onCancel={close}
      onLeave={onClose}
      autoFocus={isAsked}
    >
      {isOvertaken ? <Overtaken content={comment.content} /> : null}
      <OtherDraft draft={draft} />
    </Composer>
  );
}

/** Says that the comment is no longer what the draft of its edit was begun with: the field would hide that. */
function Overtaken({ content }: { content: string }) {
  const t = useTranslations("comments");
  return (
    <Alert>
      <p>{t("editOvertaken")}</p>
      <Quote text={content} />
    </Alert>
  );
}

const toTyped = ({ content, mentioned }: CommentDto): Typed => ({ text: content, mentioned });

/** Keeps a field as it is until what it sends is kept elsewhere. */
export function useSending() {
  const [pending, setPending] = useState(false);
  return {
    pending,
    async run(send: () => Promise<boolean>, onKept: () => void): Promise<void> {
      setPending(true);
      const isKept = await send();
      setPending(false);
      if (isKept) onKept();
    },
  };
}

/** Offers what its author has typed for the same field on another device, where both have changed. */
export function OtherDraft({ draft: { other, takeOther, keepOwn } }: { draft: TextDraftField }) {
  const t = useTranslations("comments");
  if (other === null) return null;
  return (
    <Alert>
      <p>{t("otherDraft")}</p>
      <Quote text={other.content} />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button variant="secondary" size="sm" onClick={takeOther}>
          {t("takeOther")}
        </Button>
        <Button variant="ghost" size="sm" onClick={keepOwn}>
          {t("keepOwn")}
        </Button>
      </div>
    </Alert>
  );
}

const Quote = ({ text }: { text: string }) => (
  <blockquote className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap break-words border-line border-s-4 ps-3">
    {text}
  </blockquote>
);
