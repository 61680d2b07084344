import { MESSAGING_PORTS } from "@mgs/business/modules";
import { DOSSIER_PORTAL } from "@mgs/dossiers/deps";
import { seancePath } from "@mgs/dossiers/links";
import { seanceSubject } from "@mgs/dossiers/seances/seance-subject";
import { markReadByUrl } from "@mgs/notifications/mark-read-by-url";
import { RecordUploads } from "@mgs/portal/documents/documents-card";
import { RecordConversations } from "@mgs/portal/messages/record-conversations";
import type { Metadata } from "next";
import { CommentsSection } from "../../../../features/comments/comments-section";
import { DocumentsSection } from "../../../../features/documents/documents-section";
import { getSeanceContext } from "../../../../features/seances/seance-context";
import { SeancePage } from "../../../../features/seances/seance-page";
import { PageTexts } from "../../../../portal";
import { inviteToDiscussion, openThread } from "../../thread.action";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getSeanceContext((await params).id)).seance.title };
}

export default async function Page({ params }: Props) {
  const context = await getSeanceContext((await params).id);
  const { actor, runtime, seance, reader } = context;
  const id = String(seance.id);
  await markReadByUrl(runtime, actor, new URL(seancePath(seance.id), runtime.portalUrls[DOSSIER_PORTAL]).href);
  return (
    <PageTexts groups={["records", "sendForm", "draft", "documents", "messages"]}>
      <SeancePage context={context}>
        {seance.deleted_at === null ? (
          <>
            <CommentsSection
              subject={seanceSubject}
              id={id}
              actor={actor}
              runtime={runtime}
              actions={{ open: openThread, invite: inviteToDiscussion }}
            />
            <RecordUploads subject={seanceSubject} subjectId={id}>
              <DocumentsSection subject={seanceSubject} subjectId={id} actor={actor} runtime={runtime} texts={reader} />
            </RecordUploads>
            <RecordConversations
              runtime={runtime}
              actor={actor}
              ports={MESSAGING_PORTS}
              subject={seanceSubject}
              subjectId={id}
            />
          </>
        ) : null}
      </SeancePage>
    </PageTexts>
  );
}
