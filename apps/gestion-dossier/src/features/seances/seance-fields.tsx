import { MAX_CHARACTERS } from "@mgs/dossiers/contract/rules";
import type { SeanceDto } from "@mgs/dossiers/contract/seance";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import { type SeancesContext, toLocalTime } from "./seance-context";

type SeanceFieldsProps = { texts: SeancesContext["texts"]; seance?: SeanceDto };

/** The controls of a session's form, new or edited. */
export function SeanceFields({ texts: { t }, seance }: SeanceFieldsProps) {
  return (
    <>
      <ActionField
        name="title"
        label={t("seances.name")}
        defaultValue={seance?.title}
        maxLength={MAX_CHARACTERS.title}
        autoComplete="off"
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ActionField
          name="starts_at"
          type="datetime-local"
          label={t("seances.starts")}
          description={t("seances.zone")}
          defaultValue={seance && toLocalTime(seance.starts_at)}
          required
        />
        <ActionField
          name="ends_at"
          type="datetime-local"
          label={t("seances.ends")}
          description={t("seances.zone")}
          defaultValue={seance && toLocalTime(seance.ends_at)}
          required
        />
        <ActionField
          name="place"
          label={t("seances.place")}
          description={t("optional")}
          defaultValue={seance?.place}
          maxLength={MAX_CHARACTERS.place}
          autoComplete="off"
        />
        <ActionField
          name="dossier_id"
          label={t("seances.dossier")}
          description={t("seances.dossierHint")}
          defaultValue={seance?.dossier?.reference}
          maxLength={40}
          autoComplete="off"
        />
      </div>
      <ActionSelect
        name="is_public"
        label={t("seances.isPublic")}
        description={t("seances.publicHint")}
        defaultValue={String(seance?.is_public ?? false)}
        options={[
          { value: "false", label: t("seances.private") },
          { value: "true", label: t("seances.public") },
        ]}
      />
    </>
  );
}
