"use client";
import type { CommentDto } from "@mgs/comments/contract/comment";
import type { CommentDraft } from "@mgs/comments/contract/drafts";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { useState } from "react";
import { useTranslations } from "../intl";
import type { CommentActs } from "./comment-acts";
import { Composer, type Written } from "./composer";
import { type CommentDraftField, useCommentDraft } from "./use-comment-draft";

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
  const draft = useCommentDraft(acts.record, replyPlace(root.id));
  return (
    <Composer
      record={acts.record}
      label={t("replyLabel")}
      submit={t("reply")}
      typed={draft.typed}
      onTyped={draft.setTyped}
      readOnly={!draft.ready}
      onTyping={acts.typing}
      onSubmit={(written) => {
        draft.clear();
        void acts.send(written, root.id);
        onClose();
      }}
      onCancel={() => {
        draft.clear();
        onClose();
      }}
      onLeave={onClose}
      autoFocus={isAsked}
    >
      <OtherDraft draft={draft} />
    </Composer>
  );
}

/** The field in which a comment is changed. Like an answer it outlives a reload. */
export function EditField({ comment, acts, onClose, isAsked }: FieldProps & { comment: CommentDto }) {
  const t = useTranslations("comments");
  const [saving, setSaving] = useState(false);
  const initial = { text: comment.content, mentioned: comment.mentioned };
  const draft = useCommentDraft(acts.record, editPlace(comment.id), initial);

  function close() {
    draft.clear();
    onClose();
  }
  async function save({ content, mentions }: Written) {
    setSaving(true);
    const done = await acts.change(comment, { act: "edit", body: { content, mentions } });
    setSaving(false);
    if (done) close();
  }
  return (
    <Composer
      record={acts.record}
      label={t("editLabel")}
      submit={t("save")}
      typed={draft.typed}
      onTyped={draft.setTyped}
      readOnly={!draft.ready}
      pending={saving}
      onSubmit={(written) => void save(written)}
      onCancel={close}
      onLeave={onClose}
      autoFocus={isAsked}
    >
      <OtherDraft draft={draft} />
    </Composer>
  );
}

/** Offers what its author has typed for the same field on another device, where both have changed. */
export function OtherDraft({ draft: { other, takeOther, keepOwn } }: { draft: CommentDraftField }) {
  const t = useTranslations("comments");
  if (other === null) return null;
  return (
    <Alert>
      <p>{t("otherDraft")}</p>
      <OtherText draft={other} />
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

const OtherText = ({ draft }: { draft: CommentDraft }) => (
  <blockquote className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap break-words border-line border-s-4 ps-3">
    {draft.content}
  </blockquote>
);
