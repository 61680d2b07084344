import { SUBJECTS } from "@mgs/business/modules";
import { listWords } from "@mgs/comments/moderation/comment-words";
import { listReports } from "@mgs/comments/moderation/report-comment";
import { can } from "@mgs/comments/permissions";
import { messagesFor } from "@mgs/i18n/catalogue";
import { notFound } from "next/navigation";
import { ModerationPage } from "../../../features/moderation/moderation-page";
import { currentSession, portal, requireSession } from "../../../portal";
import { hide, saveCommentWords, settle } from "./moderation.action";

export async function generateMetadata() {
  const session = await currentSession();
  return { title: messagesFor(session?.user.locale ?? "fr").comments.moderation.title };
}

export default async function Page() {
  const session = await requireSession();
  const actor = portal.actorOf(session);
  const runtime = portal.runtime();
  const [mayModerate, mayKeepWords] = [can(actor, "comments.moderate"), can(actor, "comment-words.manage")];
  if (!mayModerate && !mayKeepWords) notFound();
  const [reports, words] = await Promise.all([
    mayModerate ? listReports(runtime, actor, SUBJECTS) : null,
    mayKeepWords ? listWords(runtime, actor) : null,
  ]);
  return (
    <ModerationPage
      reports={reports}
      words={words}
      locale={session.user.locale}
      actions={{ settle, hide, saveWords: saveCommentWords }}
    />
  );
}
