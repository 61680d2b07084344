import type { ImpersonationDto } from "@mgs/identity/impersonation/list-impersonations";
import type { Person } from "@mgs/identity/people/person-dto";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { ConsoleTexts } from "../console/texts";

type ImpersonationCardProps = {
  texts: ConsoleTexts;
  person: Pick<Person, "id"> & { impersonable: boolean };
  running: readonly ImpersonationDto[];
  actions: {
    impersonate: (userId: number, values: FormValues) => Promise<ActionResult>;
    endImpersonations: (userId: number) => Promise<ActionResult>;
  };
};

/** Begins to act in a person's name, and shows and ends what others do in it. */
export function ImpersonationCard({ texts, person, running, actions }: ImpersonationCardProps) {
  const { t } = texts;
  const { id } = person;
  if (!person.impersonable && running.length === 0) return null;
  return (
    <Card>
      <CardHeader title={t("people.impersonation.title")} description={t("people.impersonation.text")} />
      <CardBody className="grid gap-6">
        {running.length > 0 ? (
          <div className="grid gap-3">
            <ul className="grid gap-1">
              {running.map((one) => (
                <li key={one.id} data-impersonation={one.id} className="min-w-0 break-words">
                  {t("people.impersonation.running", {
                    administrator: one.administrator,
                    reason: one.reason,
                    time: texts.dateTime(one.expires_at),
                  })}
                </li>
              ))}
            </ul>
            <div>
              <ActionButton variant="secondary" size="wrap" action={actions.endImpersonations.bind(null, id)}>
                {t("people.impersonation.end")}
              </ActionButton>
            </div>
          </div>
        ) : null}
        {person.impersonable ? (
          <DraftedActionForm
            action={actions.impersonate.bind(null, id)}
            draft={`impersonation-${id}`}
            submit={t("people.impersonation.start")}
            submitVariant="secondary"
          >
            <ActionField
              name="reason"
              label={t("people.impersonation.reason")}
              description={t("people.impersonation.reasonHint")}
              maxLength={300}
              autoComplete="off"
              required
            />
          </DraftedActionForm>
        ) : null}
      </CardBody>
    </Card>
  );
}
