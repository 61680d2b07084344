import { batchJobPath, leavingPath, peoplePath } from "@mgs/console/links";
import { LOCALES } from "@mgs/core/locale";
import type { BatchJob } from "@mgs/identity/batches/show-batch-job";
import type { Person } from "@mgs/identity/people/person-dto";
import { can } from "@mgs/identity/permissions";
import type { SecondFactorSummary } from "@mgs/identity/second-factor/describe-second-factor";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { ConfirmedActionForm } from "@mgs/shell/actions/confirmed-action-form";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import type { ReactNode } from "react";
import { BackLink } from "../console/back-link";
import type { ConsoleContext } from "../console/console-context";
import type { ConsoleTexts } from "../console/texts";
import { PersonState } from "./people-table";

export type PersonActions = {
  edit: (userId: number, values: FormValues) => Promise<ActionResult>;
  giveRole: (userId: number, values: FormValues) => Promise<ActionResult>;
  sendLink: (userId: number) => Promise<ActionResult>;
  force: (userId: number) => Promise<ActionResult>;
  resetFactor: (userId: number) => Promise<ActionResult>;
  enable: (userId: number) => Promise<ActionResult>;
};

type PersonPageProps = {
  context: ConsoleContext;
  person: Person & { manageable: boolean };
  roles: readonly { slug: string; names: Person["role_names"]; mayGive: boolean }[];
  factor: SecondFactorSummary;
  handOvers: readonly BatchJob[];
  actions: PersonActions;
  /** What has to be known first. */
  notice?: ReactNode;
  /** Cards of other parts: devices, consents, history. */
  children?: ReactNode;
};

type CardProps = { texts: ConsoleTexts; person: Person; actions: PersonActions };

/** `/console/personnes/{id}`: one person, a card for each part. */
export function PersonPage({ context, person, roles, factor, handOvers, actions, notice, children }: PersonPageProps) {
  const { texts, actor } = context;
  const { t } = texts;
  const mayManage = can(actor, "accounts.manage") && person.manageable;
  const card = { texts, person, actions };
  return (
    <div className="max-w-4xl">
      <BackLink href={peoplePath()}>{t("people.person.back")}</BackLink>
      <PageHeader title={person.name} intro={<bdi>{person.email}</bdi>} actions={<PersonState {...card} />} />
      <div className="grid gap-6">
        {can(actor, "accounts.manage") && !person.manageable ? <Alert>{t("people.person.notYours")}</Alert> : null}
        {notice}
        {mayManage ? <IdentityCard {...card} /> : null}
        {mayManage ? <RoleCard {...card} roles={roles} /> : null}
        <AccessCard {...card} factor={factor} mayManage={mayManage} isSelf={person.id === actor.userId} />
        {mayManage ? <LeavingCard {...card} handOvers={handOvers} /> : null}
        {children}
      </div>
    </div>
  );
}

function IdentityCard({ texts: { t }, person, actions }: CardProps) {
  return (
    <Card>
      <CardHeader title={t("people.person.identity")} />
      <CardBody>
        <DraftedActionForm
          draft={`console.person:${person.id}`}
          action={actions.edit.bind(null, person.id)}
          submit={t("people.form.save")}
        >
          <input type="hidden" name="version" value={person.version} />
          <ActionField
            name="name"
            label={t("people.form.name")}
            defaultValue={person.name}
            maxLength={200}
            autoComplete="off"
            required
          />
          <ActionField
            name="email"
            type="email"
            label={t("people.form.email")}
            defaultValue={person.email}
            maxLength={320}
            autoComplete="off"
            required
          />
          <ActionSelect
            name="locale"
            label={t("people.form.locale")}
            defaultValue={person.locale}
            options={LOCALES.map((value) => ({ value, label: t(`people.form.locales.${value}`) }))}
          />
        </DraftedActionForm>
      </CardBody>
    </Card>
  );
}

function RoleCard({ texts: { t, locale }, person, roles, actions }: CardProps & Pick<PersonPageProps, "roles">) {
  return (
    <Card>
      <CardHeader title={t("people.person.role")} description={t("people.person.roleText")} />
      <CardBody>
        <ConfirmedActionForm
          action={actions.giveRole.bind(null, person.id)}
          submit={t("people.person.giveRole")}
          submitVariant="secondary"
        >
          <ActionSelect
            name="role"
            label={t("people.form.role")}
            defaultValue={person.role}
            options={roles.flatMap(({ slug, names, mayGive }) =>
              mayGive ? [{ value: slug, label: names[locale] }] : [],
            )}
          />
        </ConfirmedActionForm>
      </CardBody>
    </Card>
  );
}

type AccessCardProps = CardProps & { factor: SecondFactorSummary; mayManage: boolean; isSelf: boolean };

function AccessCard({ texts, person, actions, factor, mayManage, isSelf }: AccessCardProps) {
  const { t } = texts;
  const seen = person.last_seen_at ? texts.dateTime(person.last_seen_at) : t("people.never");
  const question = (title: string, text: string, submit: string) => ({
    ...{ title, text, submit },
    ...{ cancel: t("cancel"), close: t("close"), danger: true },
  });
  const { id, name } = person;
  return (
    <Card>
      <CardHeader title={t("people.person.access")} />
      <CardBody className="grid gap-4">
        <p>{t("people.person.accessText", { count: person.sessions, seen })}</p>
        <p>
          {t("people.person.secondFactor", { passkeys: factor.passkeys.length })}{" "}
          {t(factor.totpSince ? "people.person.totp" : "people.person.noTotp")}
        </p>
        {mayManage ? (
          <div className="flex flex-wrap gap-2">
            {person.disabled ? null : (
              <ActionButton variant="secondary" size="wrap" action={actions.sendLink.bind(null, id)}>
                {t("people.person.sendLink")}
              </ActionButton>
            )}
            <ActionButton
              variant="secondary"
              size="wrap"
              action={actions.force.bind(null, id)}
              confirm={question(
                t("people.person.confirmForceTitle"),
                t(isSelf ? "people.person.ownForce" : "people.person.confirmForce", { name }),
                t("people.person.force"),
              )}
            >
              {t("people.person.force")}
            </ActionButton>
            <ActionButton
              variant="secondary"
              size="wrap"
              action={actions.resetFactor.bind(null, id)}
              confirm={question(
                t("people.person.confirmResetTitle"),
                t(isSelf ? "people.person.ownReset" : "people.person.confirmReset", { name }),
                t("people.person.resetFactor"),
              )}
            >
              {t("people.person.resetFactor")}
            </ActionButton>
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function LeavingCard({ texts: { t }, person, handOvers, actions }: CardProps & Pick<PersonPageProps, "handOvers">) {
  return (
    <Card>
      <CardHeader
        title={t("people.person.leaving")}
        description={t(person.disabled ? "people.person.leftText" : "people.person.leavingText")}
      />
      <CardBody className="grid gap-4">
        <div className="flex flex-wrap gap-2">
          <Link href={leavingPath(person.id)} className={buttonStyles({ variant: "secondary" })}>
            {t(person.disabled ? "people.person.handOn" : "people.person.leave")}
          </Link>
          {person.disabled ? (
            <ActionButton action={actions.enable.bind(null, person.id)}>{t("people.person.enable")}</ActionButton>
          ) : null}
        </div>
        {handOvers.length > 0 ? (
          <section aria-label={t("people.person.handOvers")}>
            <ul className="grid gap-1">
              {handOvers.map((job) => (
                <li key={job.id}>
                  <Link href={batchJobPath(job.id)} className="underline underline-offset-4">
                    {t("people.person.handOver", {
                      to: job.to ? (job.to.name ?? t("people.person.gone", { id: String(job.to.id) })) : "",
                      done: job.done,
                      total: job.total,
                      state: t(job.finished ? "people.job.finished" : "people.job.running"),
                    })}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </CardBody>
    </Card>
  );
}
