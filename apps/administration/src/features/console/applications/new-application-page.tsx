import { applicationsPath } from "@mgs/console/links";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { BackLink } from "../back-link";
import type { ConsoleContext } from "../console-context";
import { CreateApplicationForm, type SecretAction } from "./application-forms";
import { applicationTexts, secretTexts } from "./application-texts";

const EMPTY = {
  name: "",
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: "",
  scopes: [],
  pkceExempt: false,
};

/** `/console/applications/nouvelle`: registers a client, and shows its secret once. */
export function NewApplicationPage({ context, create }: { context: ConsoleContext; create: SecretAction }) {
  const { t } = context.texts;
  return (
    <div className="max-w-3xl">
      <BackLink href={applicationsPath()}>{t("applications.back")}</BackLink>
      <PageHeader title={t("applications.form.createTitle")} intro={t("applications.form.createIntro")} />
      <Card>
        <CardBody>
          <CreateApplicationForm
            create={create}
            values={EMPTY}
            texts={{ ...applicationTexts(context.texts, true), submit: t("applications.form.create") }}
            secretTexts={secretTexts(context.texts, "")}
          />
        </CardBody>
      </Card>
    </div>
  );
}
