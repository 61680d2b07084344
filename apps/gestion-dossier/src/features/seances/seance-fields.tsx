import { MAX_CHARACTERS } from "@mgs/dossiers/contract/rules";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { SeancesContext } from "./seance-context";

/** The controls of a new session's form. */
export function SeanceFields({ texts: { t } }: Pick<SeancesContext, "texts">) {
  return (
    <>
      <ActionField
        name="title"
        label={t("seances.fields.title")}
        maxLength={MAX_CHARACTERS.title}
        autoComplete="off"
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ActionField
          name="starts_at"
          type="datetime-local"
          label={t("seances.fields.starts_at")}
          description={t("seances.zone")}
          required
        />
        <ActionField
          name="ends_at"
          type="datetime-local"
          label={t("seances.fields.ends_at")}
          description={t("seances.zone")}
          required
        />
        <ActionField
          name="place"
          label={t("seances.fields.place")}
          description={t("optional")}
          maxLength={MAX_CHARACTERS.place}
          autoComplete="off"
        />
        <ActionField
          name="dossier_id"
          label={t("seances.fields.dossier_id")}
          description={t("seances.dossierHint")}
          maxLength={40}
          autoComplete="off"
        />
      </div>
      <ActionSelect
        name="is_public"
        label={t("seances.fields.is_public")}
        description={t("seances.publicHint")}
        defaultValue="false"
        options={[
          { value: "false", label: t("seances.private") },
          { value: "true", label: t("seances.public") },
        ]}
      />
    </>
  );
}
