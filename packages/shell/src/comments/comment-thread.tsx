"use client";
import { authorName, type CommentDto } from "@mgs/comments/contract/comment";
import { Button } from "@mgs/ui/button";
import { useState } from "react";
import { useTranslations } from "../intl";
import type { OutboxEntry } from "../outbox/outbox-store";
import type { CommentActs } from "./comment-acts";
import { editPlace, ReplyField, replyPlace } from "./comment-fields";
import { CommentItem } from "./comment-item";
import { useOpenField } from "./use-open-field";
import { WaitingComment } from "./waiting-comment";

type CommentThreadProps = {
  root: CommentDto;
  /** The name of whom it answers, where it is an answer to a comment that is not on the page. */
  answerTo?: string | undefined;
  answers: readonly CommentDto[];
  waiting: readonly OutboxEntry[];
  /** The comment that the page's address names. */
  target: string | null;
  acts: CommentActs;
};

/** A comment with its answers. A resolved one is folded. */
export function CommentThread({ root, answerTo, answers, waiting, target, acts }: CommentThreadProps) {
  const t = useTranslations("comments");
  const [open, setOpen] = useState(false);
  const place = replyPlace(root.id);
  const reply = useOpenField(acts.may.comment && acts.hasDraft(place), acts.isResumed(place));
  const isWanted = [root, ...answers].some(
    ({ id }) => id === target || acts.hasDraft(editPlace(id)) || acts.editsOf(id).length > 0,
  );
  const isFolded = root.resolved !== null && !open && !reply.isOpen && !isWanted;
  if (isFolded)
    return (
      <li className="flex flex-wrap items-center gap-2 rounded-lg bg-subtle px-3 py-1 text-muted text-sm">
        <p className="min-w-0 flex-1 truncate">
          {t("resolved", { name: root.resolved?.by ?? "" })} · {authorName(root.user)} : {root.content}
        </p>
        <Button variant="link" size="sm" onClick={() => setOpen(true)}>
          {t("showResolved")}
        </Button>
      </li>
    );
  return (
    <li className="grid grid-cols-1 gap-3">
      <CommentItem
        comment={root}
        acts={acts}
        answerTo={answerTo}
        onReply={answerTo === undefined ? reply.open : undefined}
      />
      {answers.length + waiting.length > 0 || reply.isOpen ? (
        <ul className="ms-2 grid grid-cols-1 gap-3 border-line border-s-2 ps-3 sm:ms-9">
          {answers.map((answer) => (
            <li key={answer.id}>
              <CommentItem comment={answer} acts={acts} />
            </li>
          ))}
          {waiting.map((entry) => (
            <WaitingComment key={entry.id} entry={entry} outbox={acts.outbox} />
          ))}
          {reply.isOpen ? (
            <li>
              <ReplyField root={root} acts={acts} onClose={reply.close} isAsked={reply.isAsked} />
            </li>
          ) : null}
        </ul>
      ) : null}
    </li>
  );
}
