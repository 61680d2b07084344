"use server";

import { inviteToThread, openPrivateThread } from "@mgs/comments/threads/private-threads";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { portal } from "../../portal";
import { subjectOfSegment } from "./subject-of-segment";

/** Opens a private discussion on a record with a colleague. */
export async function openThread(segment: string, subjectId: string, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { title: textOf(values, "title"), ...chosenPerson(values) };
    await openPrivateThread(portal.runtime(), actor, subjectOfSegment(segment), String(subjectId), input);
    return messagesFor(locale).comments.thread.opened;
  });
}

/** Invites a colleague to a private discussion. */
export async function inviteToDiscussion(
  segment: string,
  subjectId: string,
  threadId: string,
  values: FormValues,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const [subject, person] = [subjectOfSegment(segment), chosenPerson(values)];
    await inviteToThread(portal.runtime(), actor, subject, String(subjectId), String(threadId), person);
    return messagesFor(locale).comments.thread.invited;
  });
}

/** A form without a choice leaves it out; what is no number is refused by the use case. */
function chosenPerson(values: FormValues): { user_ids?: number[] } {
  const person = textOf(values, "user_ids");
  return person === "" ? {} : { user_ids: [Number(person)] };
}
