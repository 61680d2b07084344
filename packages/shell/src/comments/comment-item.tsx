"use client";
import { authorName, type CommentDto } from "@mgs/comments/contract/comment";
import { Avatar } from "@mgs/ui/avatar";
import { Button } from "@mgs/ui/button";
import { useState } from "react";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { RelativeTime } from "../time/relative";
import { MarkdownText } from "../writing/markdown-text";
import { ReactionBar } from "../writing/reaction-bar";
import type { CommentActs } from "./comment-acts";
import { EditField, editPlace, type TakenEdit } from "./comment-fields";
import { CommentMenu } from "./comment-menu";
import { useOpenField } from "./use-open-field";
import { WaitingComment } from "./waiting-comment";
import { underWay, type WaitingEdit } from "./waiting-edit";

type CommentItemProps = {
  comment: CommentDto;
  acts: CommentActs;
  /** Name of whom it answers, where that comment is not on the page. */
  answerTo?: string | undefined;
  /** Opens the field for an answer; undefined where there is none. */
  onReply?: (() => void) | undefined;
};

/** One comment, or the place where one was. */
export function CommentItem({ comment, acts, answerTo, onReply }: CommentItemProps) {
  const t = useTranslations("comments");
  const { user } = useShell();
  const isOwn = comment.user.id === user.id;
  const place = editPlace(comment.id);
  const edit = useOpenField(isOwn && comment.hidden === null && acts.hasDraft(place), acts.isResumed(place));
  const [taken, setTaken] = useState<TakenEdit | null>(null);
  const name = authorName(comment.user);
  if (comment.deleted_at !== null)
    return <DeletedPlace comment={comment} acts={acts} name={name} mayRestore={isOwn || acts.may.moderate} />;

  function takeBack({ entry, typed }: WaitingEdit) {
    setTaken({
      typed,
      onTaken: () => {
        setTaken(null);
        void acts.outbox.remove(entry);
      },
    });
    edit.open();
  }

  const names = comment.mentioned.map((one) => one.name);
  return (
    <article
      id={`comment-${comment.id}`}
      className="flex scroll-mt-32 gap-3 target:rounded-lg target:bg-accent-soft"
      data-comment
    >
      <div className="mt-1 hidden sm:block">
        <Avatar name={name} size="sm" />
      </div>
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
        <header className="flex min-h-control-sm items-center gap-2">
          <p className="min-w-0 flex-1 text-xs">
            <span className="break-words font-semibold text-ink text-sm">{name}</span>{" "}
            <RelativeTime iso={comment.created_at} className="text-muted" />
            {comment.edited_at === null ? null : <span className="text-muted"> · {t("edited")}</span>}
            {answerTo === undefined ? null : <span className="text-muted"> · {t("answerTo", { name: answerTo })}</span>}
          </p>
          <CommentMenu comment={comment} isOwn={isOwn} acts={acts} onEdit={edit.open} />
        </header>
        {comment.hidden === null ? null : (
          <p className="text-muted text-sm italic">{t("hidden", { reason: comment.hidden.reason })}</p>
        )}
        {edit.isOpen ? (
          <EditField comment={comment} acts={acts} onClose={edit.close} isAsked={edit.isAsked} taken={taken} />
        ) : underWay(acts.editsOf(comment.id)).length > 0 ? null : (
          <MarkdownText content={comment.content} names={names} />
        )}
        <WaitingEdits comment={comment} acts={acts} onTakeBack={comment.hidden === null ? takeBack : undefined} />
        <div className="flex flex-wrap items-center gap-1">
          {comment.hidden === null ? (
            <ReactionBar
              reactions={comment.reactions}
              userId={user.id}
              onReact={
                acts.may.comment
                  ? (emoji, on) => void acts.change(comment, { act: "reactions", body: { emoji, on } })
                  : undefined
              }
            />
          ) : null}
          {onReply && acts.may.comment ? (
            <Button variant="ghost" size="sm" onClick={onReply}>
              {t("reply")}
            </Button>
          ) : null}
        </div>
      </div>
    </article>
  );
}

function DeletedPlace({
  comment,
  acts,
  name,
  mayRestore,
}: {
  comment: CommentDto;
  acts: CommentActs;
  name: string;
  mayRestore: boolean;
}) {
  const t = useTranslations("comments");
  return (
    <article id={`comment-${comment.id}`} className="grid grid-cols-1 gap-2" data-comment>
      <div className="flex flex-wrap items-center gap-2 text-muted text-sm italic">
        <p>{t("deletedBy", { name })}</p>
        {mayRestore ? (
          <Button variant="link" size="sm" onClick={() => void acts.change(comment, { act: "restore" })}>
            {t("restore")}
          </Button>
        ) : null}
      </div>
      <WaitingEdits comment={comment} acts={acts} />
    </article>
  );
}

type WaitingEditsProps = {
  comment: CommentDto;
  acts: CommentActs;
  onTakeBack?: ((edit: WaitingEdit) => void) | undefined;
};

/** The edits of a comment that the server has not taken. */
function WaitingEdits({ comment, acts, onTakeBack }: WaitingEditsProps) {
  const edits = acts.editsOf(comment.id);
  if (edits.length === 0) return null;
  return (
    <ul className="grid grid-cols-1 gap-2">
      {edits.map(({ entry }) => (
        <WaitingComment key={entry.id} entry={entry} outbox={acts.outbox} onTakeBack={onTakeBack} />
      ))}
    </ul>
  );
}
