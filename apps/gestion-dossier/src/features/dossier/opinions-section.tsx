import type { OpinionDto } from "@mgs/dossiers/contract/opinions";
import { VERDICTS } from "@mgs/dossiers/contract/opinions";
import { listAskableRoles } from "@mgs/dossiers/opinions/list-askable-roles";
import { listOpinions } from "@mgs/dossiers/opinions/list-opinions";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { ActionText } from "@mgs/shell/actions/action-text";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { MessagesSquare } from "lucide-react";
import type { ComponentProps } from "react";
import { askForOpinion, giveOpinion, takeBackOpinion } from "../../app/(portal)/dossiers/[id]/parts.action";
import { Disclosure } from "./disclosure";
import type { DossierContext } from "./dossier-context";
import { PersonActionField } from "./person-action-field";
import { workTexts } from "./work-texts";

const TONES: Readonly<Record<OpinionDto["state"], ComponentProps<typeof Badge>["tone"]>> = {
  open: "accent",
  answered: "success",
  refused: "warning",
  withdrawn: "neutral",
};

/** The opinions that were asked on a dossier, and the forms to ask for one and to give it. The page needs the texts `sendForm` and `draft`. */
export async function OpinionsSection({ context }: { context: DossierContext }) {
  const { actor, dossier, runtime, texts } = context;
  const mayWork = dossierPermissions.can(actor, "dossiers.work");
  const [opinions, roles] = await Promise.all([
    listOpinions(runtime, actor, dossier.id),
    mayWork ? listAskableRoles(runtime, actor, { limit: 100 }).then(({ items }) => items) : [],
  ]);
  const { t } = workTexts(texts.locale);
  return (
    <Card>
      <CardHeader title={t("opinions.title")} icon={<MessagesSquare aria-hidden />} />
      {opinions.length === 0 ? <p className="px-4 py-4 text-muted text-sm sm:px-6">{t("opinions.empty")}</p> : null}
      <ul aria-label={t("opinions.title")} className="divide-y divide-line empty:hidden">
        {opinions.map((opinion) => (
          <Opinion key={opinion.id} context={context} opinion={opinion} />
        ))}
      </ul>
      {mayWork ? (
        <CardBody className="border-line border-t">
          <Disclosure summary={t("opinions.add")}>
            <ActionForm action={askForOpinion.bind(null, dossier.id)} submit={t("opinions.ask")} resets>
              <div className="grid gap-4 sm:grid-cols-2">
                <PersonActionField name="user_id" label={t("opinions.person")} />
                <ActionSelect
                  name="role"
                  label={t("opinions.role")}
                  options={[
                    { value: "", label: t("opinions.noRole") },
                    ...roles.map(({ slug, name }) => ({ value: slug, label: name })),
                  ]}
                />
              </div>
              <ActionText name="question" label={t("opinions.question")} maxLength={2_000} required />
              <ActionField name="due_on" type="date" label={t("opinions.dueOn")} description={t("optional")} />
            </ActionForm>
          </Disclosure>
        </CardBody>
      ) : null}
    </Card>
  );
}

function Opinion({ context, opinion }: { context: DossierContext; opinion: OpinionDto }) {
  const { dossier, texts } = context;
  const { t } = workTexts(texts.locale);
  const { id, asked, asked_by, asked_at, due_on, state, overdue, question, verdict, answer, answered_by, may } =
    opinion;
  return (
    <li className="grid gap-2 px-4 py-3 text-sm sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40 break-words font-medium">{asked.name}</span>
        {overdue && due_on !== null ? (
          <Badge tone="danger" wraps>
            {t("opinions.overdue", { date: texts.day(due_on) })}
          </Badge>
        ) : null}
        <Badge tone={TONES[state]}>{t(`opinions.states.${state}`)}</Badge>
      </div>
      <p className="break-words text-muted text-xs">
        {[
          t("opinions.askedBy", { name: asked_by?.name ?? texts.t("unknownPerson"), date: texts.dateTime(asked_at) }),
          ...(due_on !== null && !overdue && state === "open" ? [t("opinions.due", { date: texts.day(due_on) })] : []),
        ].join(" · ")}
      </p>
      {question === null ? (
        <p className="text-muted">{t("opinions.hidden")}</p>
      ) : (
        <p className="whitespace-pre-wrap break-words">{question}</p>
      )}
      {verdict === null ? null : (
        <div className="grid gap-1 border-line border-s-2 ps-3">
          <p className="font-medium">
            {t("opinions.answeredBy", {
              verdict: t(`opinions.verdicts.${verdict}`),
              name: answered_by?.name ?? texts.t("unknownPerson"),
            })}
          </p>
          {answer ? <p className="whitespace-pre-wrap break-words">{answer}</p> : null}
        </div>
      )}
      {may.answer ? (
        <Disclosure summary={t("opinions.answerTitle")}>
          <DraftedActionForm
            draft={`dossier.opinion:${id}`}
            action={giveOpinion.bind(null, dossier.id, id)}
            submit={t("opinions.give")}
          >
            <ActionSelect
              name="verdict"
              label={t("opinions.verdict")}
              options={VERDICTS.map((value) => ({ value, label: t(`opinions.verdicts.${value}`) }))}
            />
            <ActionText
              name="answer"
              label={t("opinions.answer")}
              description={t("opinions.answerHint")}
              maxLength={5_000}
            />
          </DraftedActionForm>
        </Disclosure>
      ) : null}
      {may.withdraw ? (
        <div>
          <ActionButton
            size="sm"
            variant="ghost"
            action={takeBackOpinion.bind(null, dossier.id, id)}
            confirm={{
              ...{
                title: t("opinions.withdrawTitle"),
                text: t("opinions.withdrawText"),
                submit: t("opinions.withdraw"),
              },
              ...{ cancel: t("cancel"), close: t("close") },
            }}
          >
            {t("opinions.withdraw")}
          </ActionButton>
        </div>
      ) : null}
    </li>
  );
}
