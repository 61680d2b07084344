import { peoplePath } from "@mgs/console/links";
import { LOCALES } from "@mgs/core/locale";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { BackLink } from "../console/back-link";
import type { ConsoleContext } from "../console/console-context";

type InvitePageProps = { context: ConsoleContext; invite: (values: FormValues) => Promise<ActionResult> };

/** `/console/personnes/inviter`: a new account, whose owner chooses the password. */
export async function InvitePage({ context: { runtime, actor, texts }, invite }: InvitePageProps) {
  const { t, locale } = texts;
  const roles = (await listRoleChoices(runtime, actor)).filter(({ mayGive }) => mayGive);
  return (
    <div className="max-w-2xl">
      <BackLink href={peoplePath()}>{t("people.person.back")}</BackLink>
      <PageHeader title={t("people.invite")} intro={t("people.form.inviteIntro")} />
      <Card>
        <CardBody>
          <DraftedActionForm action={invite} submit={t("people.form.send")} draft="invite-person">
            <ActionField name="name" label={t("people.form.name")} maxLength={200} autoComplete="off" required />
            <ActionField
              name="email"
              type="email"
              label={t("people.form.email")}
              maxLength={320}
              autoComplete="off"
              required
            />
            <ActionSelect
              name="role"
              label={t("people.form.role")}
              defaultValue={roles.at(-1)?.slug ?? ""}
              options={roles.map(({ slug, names }) => ({ value: slug, label: names[locale] }))}
            />
            <ActionSelect
              name="locale"
              label={t("people.form.locale")}
              defaultValue="fr"
              options={LOCALES.map((value) => ({ value, label: t(`people.form.locales.${value}`) }))}
            />
          </DraftedActionForm>
        </CardBody>
      </Card>
    </div>
  );
}
