import { presenceApiPath } from "@mgs/comments/contract/addresses";
import { dossierPath, seanceChangesApiPath, seanceChannel } from "@mgs/dossiers/links";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionForm } from "@mgs/shell/actions/action-form";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { RecordRoom } from "@mgs/shell/records/record-room";
import { RoomPeople } from "@mgs/shell/records/room-people";
import { Alert } from "@mgs/ui/alert";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { UsersRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { addPerson, cancel, removePerson, restore, save } from "../../app/(portal)/seances/seances.action";
import { Disclosure } from "../dossier/disclosure";
import { PersonActionField } from "../dossier/person-action-field";
import { BackLink } from "./back-link";
import { type SeanceContext, toSeanceValues } from "./seance-context";
import { SeanceForm } from "./seance-form";
import { LatestSeanceHistory } from "./seance-history";

type SeancePageProps = {
  context: SeanceContext;
  /** Further parts of the page, such as its comments. */
  children?: ReactNode;
};

/** `/seances/{id}`: when and where, who takes part, and what is said. */
export function SeancePage({ context, children }: SeancePageProps) {
  const { actor, seance, texts } = context;
  const { t, page, time } = texts;
  const mayWork = dossierPermissions.can(actor, "dossiers.work");
  const isCancelled = seance.deleted_at !== null;
  return (
    <RecordRoom
      channel={seanceChannel(seance.id)}
      changesPath={seanceChangesApiPath(seance.id)}
      usersPath={presenceApiPath({ segment: "sessions", id: seance.id }, "users")}
      seq={seance.version}
    >
      <div className="max-w-4xl">
        <BackLink label={t("seances.back")} />
        <PageHeader
          title={seance.title}
          intro={[time(seance), seance.place].filter(Boolean).join(" · ")}
          actions={
            mayWork && !isCancelled ? (
              <ActionButton
                variant="secondary"
                action={cancel.bind(null, seance.id)}
                confirm={{
                  ...{ title: t("seances.cancelTitle"), text: t("seances.cancelText"), submit: t("seances.cancel") },
                  ...{ cancel: t("close"), close: t("close"), danger: true },
                }}
              >
                {t("seances.cancel")}
              </ActionButton>
            ) : null
          }
        />
        <div className="-mt-4 mb-4">
          <RoomPeople />
        </div>
        <div className="grid gap-6">
          {isCancelled ? (
            <Alert tone="warning">
              <p>{t("seances.cancelledNotice")}</p>
              {mayWork ? (
                <div className="mt-3">
                  <ActionButton size="sm" variant="secondary" action={restore.bind(null, seance.id)}>
                    {t("seances.restore")}
                  </ActionButton>
                </div>
              ) : null}
            </Alert>
          ) : null}
          <Card>
            <CardHeader title={t("seances.participants")} icon={<UsersRound aria-hidden />} />
            {seance.participants.length === 0 ? (
              <p className="px-4 py-4 text-muted text-sm sm:px-6">{t("seances.noParticipants")}</p>
            ) : (
              <ul aria-label={t("seances.participants")} className="divide-y divide-line">
                {seance.participants.map(({ id, name }) => (
                  <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-sm sm:px-6">
                    <span className="min-w-0 flex-1 basis-40 break-words">{name}</span>
                    {mayWork && !isCancelled ? (
                      <ActionButton
                        size="sm"
                        variant="ghost"
                        label={t("seances.removePersonLabel", { name })}
                        action={removePerson.bind(null, seance.id, id)}
                      >
                        {t("seances.removePerson")}
                      </ActionButton>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
            {seance.substitutes.length === 0 ? null : (
              <ul aria-label={t("seances.substitutes")} className="divide-y divide-line border-line border-t">
                {seance.substitutes.map(({ id, name, for: absent }) => (
                  <li key={`${id}-${absent.id}`} className="break-words px-4 py-2.5 text-muted text-sm sm:px-6">
                    {t("seances.substitute", { name, person: absent.name })}
                  </li>
                ))}
              </ul>
            )}
            {mayWork && !isCancelled ? (
              <CardBody className="border-line border-t">
                <Disclosure summary={t("seances.addPerson")}>
                  <ActionForm action={addPerson.bind(null, seance.id)} submit={t("seances.addPersonSubmit")} resets>
                    <PersonActionField name="participants" label={t("people.person")} />
                  </ActionForm>
                </Disclosure>
              </CardBody>
            ) : null}
          </Card>
          {children}
          {mayWork && !isCancelled ? (
            <Card>
              <CardHeader title={t("seances.edit")} />
              <CardBody>
                <SeanceForm
                  seanceId={seance.id}
                  values={toSeanceValues(seance)}
                  version={seance.version}
                  labels={formLabels(texts)}
                  save={save}
                />
              </CardBody>
            </Card>
          ) : null}
          {isCancelled ? null : <LatestSeanceHistory context={context} />}
          <div className="grid gap-1 px-1 text-muted text-xs">
            {seance.dossier ? (
              <Link href={dossierPath(seance.dossier.id)} className="break-words text-accent-ink hover:underline">
                {t("seances.about", { reference: `${seance.dossier.reference} ${seance.dossier.title}` })}
              </Link>
            ) : null}
            <p className="break-words">
              {t("seances.madeBy", { name: seance.created_by?.name ?? page("unknownPerson") })}
            </p>
          </div>
        </div>
      </div>
    </RecordRoom>
  );
}

function formLabels({ t }: SeanceContext["texts"]) {
  return {
    ...{ title: t("seances.fields.title"), place: t("seances.fields.place") },
    ...{ starts_at: t("seances.fields.starts_at"), ends_at: t("seances.fields.ends_at") },
    ...{ dossier_id: t("seances.fields.dossier_id"), is_public: t("seances.fields.is_public") },
    ...{ zone: t("seances.zone"), dossierHint: t("seances.dossierHint"), publicHint: t("seances.publicHint") },
    ...{ yes: t("seances.public"), no: t("seances.private") },
  };
}
