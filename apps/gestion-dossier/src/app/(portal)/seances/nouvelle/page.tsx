import { dossierPermissions } from "@mgs/dossiers/permissions";
import { messagesFor } from "@mgs/i18n/catalogue";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BackLink } from "../../../../features/seances/back-link";
import { getSeancesContext } from "../../../../features/seances/seance-context";
import { SeanceFields } from "../../../../features/seances/seance-fields";
import { PageTexts, requireSession } from "../../../../portal";
import { create } from "../seances.action";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.seances.add };
}

export default async function Page() {
  const { actor, texts } = await getSeancesContext();
  if (!dossierPermissions.can(actor, "dossiers.work")) notFound();
  const { t } = texts;
  return (
    <PageTexts groups={["draft"]}>
      <div className="max-w-3xl">
        <BackLink label={t("seances.back")} />
        <PageHeader title={t("seances.add")} />
        <Card>
          <CardBody>
            <DraftedActionForm draft="seance:new" action={create} submit={t("seances.create")}>
              <SeanceFields texts={texts} />
            </DraftedActionForm>
          </CardBody>
        </Card>
      </div>
    </PageTexts>
  );
}
