import { MESSAGING_PORTS } from "@mgs/business/modules";
import { toFormValues } from "@mgs/dossiers/contract/form-values";
import { DOSSIER_PORTAL } from "@mgs/dossiers/deps";
import { dossierPath } from "@mgs/dossiers/links";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import { getDossierFields } from "@mgs/dossiers/record/get-dossier-fields";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { markReadByUrl } from "@mgs/notifications/mark-read-by-url";
import { RecordUploads } from "@mgs/portal/documents/documents-card";
import { RecordConversations } from "@mgs/portal/messages/record-conversations";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { Metadata } from "next";
import { CommentsSection } from "../../../../features/comments/comments-section";
import { DocumentsSection } from "../../../../features/documents/documents-section";
import { getDossierContext } from "../../../../features/dossier/dossier-context";
import { DossierFacts, DossierOrigin } from "../../../../features/dossier/dossier-facts";
import { DossierForm } from "../../../../features/dossier/dossier-form";
import { LatestHistory } from "../../../../features/dossier/dossier-history";
import { DossierPage, SECTIONS } from "../../../../features/dossier/dossier-page";
import { DossierSteps } from "../../../../features/dossier/dossier-steps";
import { OpinionsSection } from "../../../../features/dossier/opinions-section";
import { PeopleSection } from "../../../../features/dossier/people-section";
import { PiecesSection } from "../../../../features/dossier/pieces-section";
import { PageSection } from "../../../../features/dossier/section-marks";
import { PageTexts } from "../../../../portal";
import { inviteToDiscussion, openThread } from "../../thread.action";
import { saveDossier, takeDossierStep } from "./dossier.action";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dossier } = await getDossierContext((await params).id);
  return { title: `${dossier.reference} ${dossier.title}` };
}

export default async function Page({ params }: Props) {
  const context = await getDossierContext((await params).id);
  const { actor, dossier, runtime, texts } = context;
  const [fields] = await Promise.all([
    getDossierFields(runtime, actor, dossier.id),
    markReadByUrl(runtime, actor, new URL(dossierPath(dossier.id), runtime.portalUrls[DOSSIER_PORTAL]).href),
  ]);
  return (
    <PageTexts groups={["records", "dossierPage", "dossiers", "sendForm", "draft", "documents", "messages"]}>
      <DossierPage
        context={context}
        steps={<DossierSteps context={context} take={takeDossierStep} />}
        aside={
          <>
            <PageSection id={SECTIONS.people}>
              <PeopleSection context={context} />
            </PageSection>
            <PageSection id={SECTIONS.history}>
              <LatestHistory context={context} fields={fields} />
            </PageSection>
            <RecordConversations
              runtime={runtime}
              actor={actor}
              ports={MESSAGING_PORTS}
              subject={dossierSubject}
              subjectId={String(dossier.id)}
            />
            <DossierOrigin context={context} />
          </>
        }
      >
        <PageSection id={SECTIONS.about}>
          {dossierPermissions.can(actor, "dossiers.work") ? (
            <Card>
              <CardHeader title={texts.t("about")} />
              <CardBody>
                <DossierForm
                  dossierId={dossier.id}
                  values={toFormValues(dossier)}
                  version={dossier.version}
                  fields={fields.filter(({ hidden }) => hidden !== true)}
                  assignee={dossier.assignee}
                  save={saveDossier}
                />
              </CardBody>
            </Card>
          ) : (
            <DossierFacts context={context} fields={fields} />
          )}
        </PageSection>
        <PageSection id={SECTIONS.comments}>
          <CommentsSection
            subject={dossierSubject}
            id={String(dossier.id)}
            actor={actor}
            runtime={runtime}
            actions={{ open: openThread, invite: inviteToDiscussion }}
          />
        </PageSection>
        <RecordUploads subject={dossierSubject} subjectId={String(dossier.id)}>
          <PageSection id={SECTIONS.documents}>
            <DocumentsSection
              subject={dossierSubject}
              subjectId={String(dossier.id)}
              actor={actor}
              runtime={runtime}
              texts={texts}
            />
          </PageSection>
          <PageSection id={SECTIONS.pieces}>
            <PiecesSection context={context} />
          </PageSection>
        </RecordUploads>
        <PageSection id={SECTIONS.opinions}>
          <OpinionsSection context={context} />
        </PageSection>
      </DossierPage>
    </PageTexts>
  );
}
