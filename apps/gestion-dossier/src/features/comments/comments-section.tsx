import { moderationPath } from "@mgs/comments/links";
import { listCommentDrafts } from "@mgs/comments/list-drafts";
import { can } from "@mgs/comments/permissions";
import { listComments } from "@mgs/comments/record/list-comments";
import { listThreads } from "@mgs/comments/threads/private-threads";
import type { UserActor } from "@mgs/core/actor";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { channelsOf, requireSubject, type Subject } from "@mgs/records/subject";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { CommentsPanel } from "@mgs/shell/comments/comments-panel";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import { PageTexts, type portal } from "../../portal";
import { PrivateThreadForm, ThreadInvitationForm } from "./private-thread-form";

type CommentsSectionProps = {
  /** The server actions that open a private discussion, and invite somebody to one. */
  actions: {
    open: (segment: string, subjectId: string, values: FormValues) => Promise<ActionResult>;
    invite: (segment: string, subjectId: string, threadId: string, values: FormValues) => Promise<ActionResult>;
  };
  subject: Subject;
  id: string;
  actor: UserActor;
  runtime: ReturnType<typeof portal.runtime>;
};

const FIRST_PAGE = { limit: "20" };

/** The comments on a record, and its private discussions that the reader takes part in. The page is one that the reader may see. */
export async function CommentsSection({ subject, id, actor, runtime, actions }: CommentsSectionProps) {
  const [view, page, threads, drafts] = await Promise.all([
    requireSubject(runtime, actor, subject, id),
    listComments(runtime, actor, subject, id, FIRST_PAGE),
    listThreads(runtime, actor, subject, id),
    listCommentDrafts(runtime, actor, subject, id),
  ]);
  const places = drafts.map(({ place, comment, updated_at }) => ({ place, comment, updated_at }));
  const pages = await Promise.all(
    threads.map((thread) => listComments(runtime, actor, subject, id, { ...FIRST_PAGE, thread: thread.id })),
  );
  const { comments } = messagesFor(actor.locale);
  const t = createTranslator(actor.locale, { comments }, "comments");
  const may = { comment: view.may.comment, moderate: can(actor, "comments.moderate") };
  const [channel = ""] = channelsOf(subject, id);
  const record = { segment: subject.segment, id };
  return (
    <PageTexts groups={["comments"]}>
      <Card aria-labelledby="comments-title">
        <CardHeader
          title={t("title")}
          id="comments-title"
          action={
            may.moderate ? (
              <Link href={moderationPath()} className="text-accent-ink text-sm">
                {t("moderation.link")}
              </Link>
            ) : undefined
          }
        />
        <CardBody>
          <CommentsPanel record={record} channel={channel} page={page} may={may} drafts={places} />
          {may.comment ? (
            <PrivateThreadForm locale={actor.locale} action={actions.open.bind(null, subject.segment, id)} />
          ) : null}
        </CardBody>
      </Card>
      {threads.map(({ id: threadId, title, people, roles, may_invite }, index) => {
        const threadPage = pages[index];
        if (!threadPage) return null;
        return (
          <Card key={threadId} aria-labelledby={`thread-${threadId}`}>
            <CardHeader
              title={t("private", { title })}
              id={`thread-${threadId}`}
              description={[...roles, ...people].map(({ name }) => name).join(", ")}
            />
            <CardBody>
              <CommentsPanel
                record={{ ...record, threadId }}
                channel={channel}
                page={threadPage}
                may={may}
                drafts={places}
              />
              {may.comment && may_invite ? (
                <ThreadInvitationForm
                  locale={actor.locale}
                  action={actions.invite.bind(null, subject.segment, id, threadId)}
                />
              ) : null}
            </CardBody>
          </Card>
        );
      })}
    </PageTexts>
  );
}
