import { leavingPath, personPath } from "@mgs/console/links";
import { type Holding, MAX_COUNTED_HOLDINGS } from "@mgs/identity/leaving/list-holdings";
import type { Person } from "@mgs/identity/people/person-dto";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Field } from "@mgs/ui/field";
import { BackLink } from "../console/back-link";
import { Candidates } from "../console/people/candidates";
import type { FoundPerson } from "../console/people/find-person";
import { PersonField } from "../console/people/person-field";
import type { ConsoleTexts } from "../console/texts";

type LeavingPageProps = {
  texts: ConsoleTexts;
  person: Person;
  /** Whether the reader is about to shut their own account. */
  isSelf: boolean;
  holdings: readonly Holding[];
  successor: FoundPerson;
  search: string | undefined;
  leave: (userId: number, to: number | null) => Promise<ActionResult>;
};

const HOLDING_NAMES = ["unread-notifications", "open-dossiers", "asked-opinions"] as const;

/** `/console/personnes/{id}/depart`: what a person holds, and who gets it when their account is disabled. */
export function LeavingPage({ texts, person, isSelf, holdings, successor, search, leave }: LeavingPageProps) {
  const { t } = texts;
  const path = leavingPath(person.id);
  // Nobody hands over to themselves.
  const chosen = successor.chosen?.id === person.id ? null : successor.chosen;
  const confirm = (submit: string) => ({
    title: isSelf ? t("people.leaving.ownTitle") : t("people.leaving.confirmTitle", { name: person.name }),
    text: t(isSelf ? "people.leaving.ownText" : "people.leaving.confirmText"),
    ...{ submit, cancel: t("cancel"), close: t("close"), danger: true },
  });
  // Nothing is left to disable: what remains is to hand over.
  const isShut = person.disabled;
  const isEmptyHanded = holdings.every(({ count }) => count === 0);
  const handOn = (name: string) => ({
    ...{ title: t("people.leaving.handOnTitle", { name }), text: t("people.leaving.handOnText", { name }) },
    ...{ submit: t("people.leaving.handOn", { name }), cancel: t("cancel"), close: t("close") },
  });
  const withSuccessor = chosen ? t("people.leaving.withSuccessor", { name: chosen.name }) : "";
  return (
    <div className="max-w-3xl">
      <BackLink href={personPath(person.id)}>{person.name}</BackLink>
      <PageHeader
        title={t("people.leaving.title", { name: person.name })}
        intro={isShut ? !isEmptyHanded && t("people.leaving.leftIntro") : t("people.leaving.intro")}
      />
      <div className="grid gap-6">
        {isShut ? (
          <Alert title={t("people.leaving.left")}>{isEmptyHanded ? t("people.leaving.leftWithNothing") : null}</Alert>
        ) : null}
        <Card>
          <CardHeader title={t("people.leaving.holds")} />
          <CardBody className="grid grid-cols-1 gap-3">
            {holdings.map(({ name, count, examples }) => {
              const known = HOLDING_NAMES.find((one) => one === name);
              return (
                <div key={name}>
                  <p className="font-medium">
                    {known ? t(`people.leaving.holdings.${known}`) : name}
                    {texts.colon}
                    {count >= MAX_COUNTED_HOLDINGS
                      ? t("people.leaving.many", { count })
                      : t("people.leaving.count", { count })}
                  </p>
                  <ul className="text-muted">
                    {examples.map(({ id, title }) => (
                      <li key={id} className="truncate">
                        <bdi>{title}</bdi>
                      </li>
                    ))}
                  </ul>
                </div>
              );
            })}
          </CardBody>
        </Card>
        {isShut && isEmptyHanded ? null : (
          <Card>
            <CardHeader title={t("people.leaving.takeOver")} />
            <CardBody className="grid grid-cols-1 gap-4">
              <form method="get" action={path} className="flex flex-wrap items-end gap-3">
                <Field label={t("people.leaving.to")} className="min-w-0 flex-1">
                  {(aria) => (
                    <PersonField
                      name="to"
                      aria={aria}
                      chosen={chosen}
                      search={search}
                      placeholder={t("people.leaving.toHint")}
                      clearHref={path}
                      clearLabel={() => t("people.leaving.change")}
                    />
                  )}
                </Field>
                {chosen ? null : (
                  <button type="submit" className={buttonStyles({ variant: "secondary" })}>
                    {t("people.leaving.find")}
                  </button>
                )}
              </form>
              {successor.candidates ? (
                <Candidates
                  texts={texts}
                  search={search ?? ""}
                  people={successor.candidates.filter(({ id }) => id !== person.id)}
                  hrefOf={(id) => `${path}?to=${id}`}
                />
              ) : null}
              {chosen ? <p>{t("people.leaving.chosen", { name: chosen.name })}</p> : null}
              <div className="flex flex-wrap gap-2">
                {chosen && isShut ? (
                  <ActionButton action={leave.bind(null, person.id, chosen.id)} confirm={handOn(chosen.name)}>
                    {t("people.leaving.handOn", { name: chosen.name })}
                  </ActionButton>
                ) : null}
                {chosen && !isShut ? (
                  <ActionButton
                    variant="danger"
                    action={leave.bind(null, person.id, chosen.id)}
                    confirm={confirm(withSuccessor)}
                  >
                    {withSuccessor}
                  </ActionButton>
                ) : null}
                {isShut ? null : (
                  <ActionButton
                    variant="secondary"
                    action={leave.bind(null, person.id, null)}
                    confirm={confirm(t("people.leaving.without"))}
                  >
                    {t("people.leaving.without")}
                  </ActionButton>
                )}
              </div>
            </CardBody>
          </Card>
        )}
      </div>
    </div>
  );
}
