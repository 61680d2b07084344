import { personPath, rolesPath, whoCanPath } from "@mgs/console/links";
import { PORTALS } from "@mgs/core/portals";
import { describePermission } from "@mgs/i18n/permission-texts";
import type { WhoCan } from "@mgs/identity/roles/who-can";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import Link from "next/link";
import { BackLink } from "../console/back-link";
import { FilterSelect } from "../console/filters";
import type { ConsoleTexts } from "../console/texts";
import type { PermissionGroup } from "./permission-groups";
import { domainName } from "./role-fields";

export type WhoCanSearch = {
  permission?: string;
  portal?: string;
  notification?: string;
  search?: string;
  after?: string;
};

const REASONS = [
  "recipient",
  "creator",
  "assignee",
  "follower",
  "asked",
  "granted",
  "substitute",
  "participant",
] as const;
const isKnownReason = (reason: string): reason is (typeof REASONS)[number] => REASONS.some((known) => known === reason);

type WhoCanPageProps = {
  texts: ConsoleTexts;
  groups: readonly PermissionGroup[];
  search: WhoCanSearch;
  /** Null: nothing was asked yet, or there is no such thing. */
  answer: WhoCan | null;
  missing: boolean;
};

/** `/console/acces`: which people may do or open something, and by which role. */
export function WhoCanPage({ texts, groups, search, answer, missing }: WhoCanPageProps) {
  const { t, messages, locale } = texts;
  const roleName = new Map(answer?.roles.map(({ slug, names }) => [slug, names[locale]]));
  return (
    <>
      <BackLink href={rolesPath()}>{t("roles.back")}</BackLink>
      <PageHeader title={t("roles.whoCan.title")} intro={t("roles.whoCan.intro")} />
      <div className="grid gap-6">
        <Card>
          <CardBody>
            <form method="get" action={whoCanPath()} className="grid gap-4 sm:grid-cols-2">
              <FilterSelect
                label={t("roles.whoCan.permission")}
                name="permission"
                value={search.permission}
                any={t("roles.whoCan.none")}
                groups={groups.map(({ name, permissions }) => ({
                  label: domainName(texts, name),
                  options: Object.entries(permissions).map(([action, { description }]) => ({
                    value: action,
                    label: describePermission(action, description, locale),
                  })),
                }))}
              />
              <FilterSelect
                label={t("roles.whoCan.portal")}
                name="portal"
                value={search.portal}
                any={t("roles.whoCan.none")}
                options={PORTALS.map((value) => ({ value, label: messages.shell.portals[value] }))}
              />
              <Field label={t("roles.whoCan.record")}>
                {(aria) => (
                  <Input
                    {...aria}
                    name="notification"
                    defaultValue={search.notification ?? ""}
                    placeholder={t("roles.whoCan.recordHint")}
                    autoComplete="off"
                    maxLength={40}
                  />
                )}
              </Field>
              <Field label={t("roles.whoCan.search")}>
                {(aria) => (
                  <Input
                    {...aria}
                    type="search"
                    name="search"
                    defaultValue={search.search ?? ""}
                    autoComplete="off"
                    maxLength={100}
                  />
                )}
              </Field>
              <div>
                <button type="submit" className={buttonStyles({})}>
                  {t("roles.whoCan.show")}
                </button>
              </div>
            </form>
          </CardBody>
        </Card>
        {missing ? <Alert tone="warning">{t("roles.whoCan.missing")}</Alert> : null}
        {answer ? (
          <>
            <Card>
              <CardHeader title={t("roles.whoCan.roles")} />
              <CardBody>
                {answer.everybody ? <p>{t("roles.whoCan.everybody")}</p> : null}
                {answer.self ? <p className="mb-2">{t("roles.whoCan.self")}</p> : null}
                {!answer.everybody && answer.roles.length === 0 ? <p>{t("roles.whoCan.nobody")}</p> : null}
                <ul className="grid gap-1">
                  {answer.roles.map(({ slug, names, because }) => (
                    <li key={slug}>
                      <bdi className="font-medium">{names[locale]}</bdi>
                      {texts.colon}
                      {t(`roles.whoCan.because.${because}`)}
                    </li>
                  ))}
                </ul>
              </CardBody>
            </Card>
            {answer.owners.length > 0 ? (
              <Card>
                <CardHeader title={t("roles.whoCan.owners")} />
                <CardBody>
                  <ul className="grid gap-1">
                    {answer.owners.map(({ person, reason }) => (
                      <li key={person.id}>
                        <PersonLink id={person.id} name={person.name} />{" "}
                        {isKnownReason(reason) ? t(`roles.whoCan.reasons.${reason}`) : reason}
                      </li>
                    ))}
                  </ul>
                </CardBody>
              </Card>
            ) : null}
            {answer.everybody ? null : (
              <Card>
                <CardHeader title={t("roles.whoCan.people")} />
                <CardBody className="grid gap-4">
                  {answer.people.length === 0 ? <p>{t("roles.whoCan.noPeople")}</p> : null}
                  <ul className="grid gap-1">
                    {answer.people.map((person) => (
                      <li key={person.id} className="break-words">
                        <PersonLink id={person.id} name={person.name} />{" "}
                        <span className="text-muted">
                          {t("roles.whoCan.by", { role: roleName.get(person.role) ?? person.role })}
                        </span>
                      </li>
                    ))}
                  </ul>
                  {answer.next ? (
                    <Link
                      href={`${whoCanPath()}?${new URLSearchParams({ ...search, after: answer.next })}`}
                      prefetch={false}
                      className={buttonStyles({ variant: "secondary", className: "justify-self-start" })}
                    >
                      {t("roles.whoCan.next")}
                    </Link>
                  ) : null}
                </CardBody>
              </Card>
            )}
          </>
        ) : null}
      </div>
    </>
  );
}

function PersonLink({ id, name }: { id: number; name: string }) {
  return (
    <Link href={personPath(id)} prefetch={false} className="font-medium underline-offset-4 hover:underline">
      <bdi>{name}</bdi>
    </Link>
  );
}
