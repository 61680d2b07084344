"use server";

import { SUBJECTS } from "@mgs/business/modules";
import { openPrivateThread } from "@mgs/comments/threads/private-threads";
import { AppError } from "@mgs/core/errors";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { portal } from "../../portal";

/** Opens a private discussion on a record with a colleague. */
export async function openThread(segment: string, subjectId: string, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const subject = SUBJECTS.find((known) => known.segment === segment);
    if (!subject) throw new AppError("SUBJECT_NOT_FOUND");
    const person = textOf(values, "user_ids");
    await openPrivateThread(portal.runtime(), actor, subject, String(subjectId), {
      title: textOf(values, "title"),
      // A form without a choice leaves it out; what is no number is refused by the use case.
      user_ids: person === "" ? undefined : [Number(person)],
    });
    return messagesFor(locale).comments.thread.opened;
  });
}
