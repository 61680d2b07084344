"use server";

import { SUBJECTS } from "@mgs/business/modules";
import { saveWords } from "@mgs/comments/moderation/comment-words";
import { hideComment } from "@mgs/comments/moderation/hide-comment";
import { settleReports } from "@mgs/comments/moderation/report-comment";
import { AppError } from "@mgs/core/errors";
import { tabOfAction } from "@mgs/http/socket-id";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { portal } from "../../../portal";

/** Settles the reports of a comment that stays as it is. */
export async function settle(segment: string, subjectId: string, commentId: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const subject = SUBJECTS.find((known) => known.segment === segment);
    if (!subject) throw new AppError("SUBJECT_NOT_FOUND");
    await settleReports(portal.runtime(), actor, subject, String(subjectId), String(commentId));
    return messagesFor(locale).comments.moderation.settled;
  });
}

/** Hides a comment that was reported, for the reason that a field gives. */
export async function hide(
  segment: string,
  subjectId: string,
  commentId: string,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const subject = SUBJECTS.find((known) => known.segment === segment);
    if (!subject) throw new AppError("SUBJECT_NOT_FOUND");
    const input = { hidden: true, reason: textOf(values, "reason") };
    const tab = tabOfAction(socketId);
    await hideComment(portal.runtime(), actor, subject, String(subjectId), String(commentId), input, tab);
    return messagesFor(locale).comments.moderation.hidden;
  });
}

/** Makes the lines of a field the words and phrases that no comment may have. */
export async function saveCommentWords(values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const words = textOf(values, "words")
      .split(/[\n,;]+/)
      .map((word) => word.trim())
      .filter(Boolean);
    await saveWords(portal.runtime(), actor, { words });
    return messagesFor(locale).comments.moderation.saved;
  });
}
