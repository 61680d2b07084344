import { listDossierPeople } from "@mgs/dossiers/people/list-dossier-people";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionForm } from "@mgs/shell/actions/action-form";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Eye } from "lucide-react";
import { follow, giveAccessTo, takeAccessFrom } from "../../app/(portal)/dossiers/[id]/parts.action";
import { Disclosure } from "./disclosure";
import type { DossierContext } from "./dossier-context";
import { PersonActionField } from "./person-action-field";
import { workTexts } from "./work-texts";

const REMOVABLE = new Set(["granted", "follower", "substitute"]);

/** Who sees a dossier and why; following it; giving access and taking it away. The page needs the texts `sendForm`. */
export async function PeopleSection({ context }: { context: DossierContext }) {
  const { actor, dossier, runtime, texts } = context;
  const { people, roles, following, may } = await listDossierPeople(runtime, actor, dossier.id);
  const { t } = workTexts(texts.locale);
  return (
    <Card>
      <CardHeader title={t("people.title")} icon={<Eye aria-hidden />} />
      <CardBody className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <p className="min-w-0 flex-1 basis-40 text-muted text-xs">
          {t(following ? "people.following" : "people.notFollowing")}
        </p>
        <ActionButton size="sm" variant="secondary" action={follow.bind(null, dossier.id, !following)}>
          {t(following ? "people.unfollow" : "people.follow")}
        </ActionButton>
      </CardBody>
      <ul aria-label={t("people.title")} className="divide-y divide-line border-line border-t">
        {people.map(({ id, name, reasons }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm sm:px-6">
            <div className="min-w-0 flex-1 basis-40">
              <p className="break-words">{name}</p>
              <p className="break-words text-muted text-xs">
                {reasons.map((reason) => t(`people.reasons.${reason}`)).join(" · ")}
              </p>
            </div>
            {may.grant && id !== actor.userId && reasons.some((reason) => REMOVABLE.has(reason)) ? (
              <ActionButton
                size="sm"
                variant="ghost"
                label={t("people.takeLabel", { name })}
                action={takeAccessFrom.bind(null, dossier.id, id)}
                confirm={{
                  ...{ title: t("people.takeTitle", { name }), text: t("people.takeText"), submit: t("people.take") },
                  ...{ cancel: t("cancel"), close: t("close"), danger: true },
                }}
              >
                {t("people.take")}
              </ActionButton>
            ) : null}
          </li>
        ))}
        {roles.map(({ slug, name, reason }) => (
          <li key={slug} className="px-4 py-2.5 text-sm sm:px-6">
            <p className="break-words">{name}</p>
            <p className="text-muted text-xs">{t(`people.roleReasons.${reason}`)}</p>
          </li>
        ))}
      </ul>
      {may.grant ? (
        <CardBody className="border-line border-t">
          <Disclosure summary={t("people.give")}>
            <ActionForm action={giveAccessTo.bind(null, dossier.id)} submit={t("people.give")} resets>
              <PersonActionField name="user_id" label={t("people.person")} />
            </ActionForm>
          </Disclosure>
        </CardBody>
      ) : null}
    </Card>
  );
}
