"use client";
import { Alert } from "@mgs/ui/alert";
import { useTranslations } from "../intl";
import type { DraftPlace } from "./use-draft-places";

const PLACE = /^(reply|edit):(.+)$/;

/** A draft of an answer or an edit whose comment stands further back than the page has read. */
export type FarDraft = { place: string; isReply: boolean; commentId: string; author: string | null };

/**
 * Finds the drafts of a discussion whose comments are not on the page.
 * @param threadId of a private discussion. What this browser alone has says none: it is shown in the open one
 */
export function findFarDrafts(
  drafts: readonly DraftPlace[],
  threadId: string | undefined,
  isShown: (commentId: string) => boolean,
): FarDraft[] {
  return drafts.flatMap(({ place, comment }) => {
    const [, kind, commentId = ""] = PLACE.exec(place) ?? [];
    const isHere = (comment?.thread_id ?? null) === (threadId ?? null);
    if (kind === undefined || !isHere || isShown(commentId)) return [];
    return [{ place, isReply: kind === "reply", commentId, author: comment?.author || null }];
  });
}

type FarDraftsProps = {
  drafts: readonly FarDraft[];
  /** The reader goes on with a draft: the address leads to its comment, whose field takes the focus. */
  onResume: (place: string) => void;
};

/** Leads to unsent texts whose fields are not on the page. */
export function FarDrafts({ drafts, onResume }: FarDraftsProps) {
  const t = useTranslations("comments");
  if (drafts.length === 0) return null;
  return (
    <Alert>
      <ul className="grid grid-cols-1 gap-1" data-far-drafts={drafts.length}>
        {drafts.map(({ place, isReply, commentId, author }) => (
          <li key={place} className="break-words">
            {isReply ? (author === null ? t("farReplyUnnamed") : t("farReply", { name: author })) : t("farEdit")}{" "}
            <a href={`#comment-${commentId}`} onClick={() => onResume(place)} className="underline underline-offset-2">
              {t("resume")}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
