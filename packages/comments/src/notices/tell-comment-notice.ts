import { cutToBytes } from "@mgs/core/text";
import { createTranslator } from "@mgs/i18n/translator";
import { findPeopleRights, type PersonRights } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { Subject, SubjectView } from "@mgs/records/subject";
import { type CommentRow, findCommentById } from "../comments.repository";
import { moderationPath } from "../links";
import type { CommentNotice, commentNotice } from "../outbox-kinds";
import { isThreadMember, withMembers } from "../threads/thread-members";
import { findThread } from "../threads/threads.repository";
import { noticeTexts } from "./notice-texts";

type Payload = OutboxPayload<typeof commentNotice>;

/**
 * Tells people of a comment, by the bell of every portal and by mail, each in their language. Who has lost the access since then hears
 * nothing, and nobody hears of a comment that is gone. A second run tells nobody twice.
 */
export const tellCommentNotice =
  (subjects: readonly Subject[]): OutboxHandler<Payload> =>
  async (deps, { id, payload }) => {
    const { database } = deps;
    const subject = subjects.find(({ type }) => type === payload.subject_type);
    const view = await subject?.find({ database }, { kind: "system", name: "comments" }, payload.subject_id);
    if (!subject || !view) return;
    const comment = payload.comment_id === null ? null : await findCommentById(database, payload.comment_id);
    if (payload.comment_id !== null && !isReadable(comment)) return;
    const readers = await subject.visibleTo(database, payload.subject_id, payload.user_ids);
    const people = await findPeopleRights(database, [...readers, ...(payload.by === null ? [] : [payload.by])]);
    const found = payload.thread_id === null ? null : await findThread(database, payload.thread_id);
    const thread = found && (await withMembers(database, subject, found));
    // Whoever takes part in a private thread shows moderators what they report.
    const isOpen = thread === null || payload.notice === "reported";
    const mayRead = (one: PersonRights) => readers.includes(one.id) && (isOpen || isThreadMember(thread, one));
    const by = people.find((person) => person.id === payload.by)?.name;
    for (const person of people.filter(mayRead)) {
      const { title, text } = writeCommentNotice(person, view, payload.notice, by, comment?.content);
      await deps.ringBell({
        ...{ key: `comment:${id}:${person.id}`, userId: person.id, type: `comment.${payload.notice}` },
        ...{ titre: title, message: text, url: urlOf(view, payload), source: subject.portal, mailed: true },
      });
    }
  };

const isReadable = (comment: CommentRow | null): boolean =>
  comment !== null && comment.deletedAt === null && comment.hiddenAt === null;

/** The place of the comment on its record's page; that of a report in a private thread, whose page shows moderators nothing, among the reports. */
const urlOf = ({ path }: SubjectView, { notice, comment_id, thread_id }: Payload): string =>
  notice === "reported" && thread_id !== null
    ? moderationPath()
    : `${path}${thread_id === null ? "" : `?discussion=${thread_id}`}${comment_id === null ? "" : `#comment-${comment_id}`}`;

/** A notification has 5,000 characters at most, and none has less than a byte. */
const MAX_TEXT_BYTES = 5_000;
const MAX_TITLE_CHARACTERS = 200;

/** The words of a notice in its reader's language. */
export function writeCommentNotice(
  { locale }: Pick<PersonRights, "locale">,
  { title }: Pick<SubjectView, "title">,
  notice: CommentNotice,
  by: string | undefined,
  content: string | undefined,
): { title: string; text: string } {
  const t = createTranslator(locale, { notices: noticeTexts[locale] }, "notices");
  const values = { title, by: by ?? t("nobody") };
  const lines = [t(`text.${notice}`, values), content].filter(Boolean);
  return {
    title: Array.from(t(`title.${notice}`, values))
      .slice(0, MAX_TITLE_CHARACTERS)
      .join(""),
    text: cutToBytes(lines.join("\n\n"), MAX_TEXT_BYTES),
  };
}
