import type { DossierField, DossierTypeDto } from "@mgs/dossiers/contract/dossier-types";
import { CONCERNED_KINDS, MAX_CHARACTERS, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { dossiersPath, newDossierPath } from "@mgs/dossiers/links";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { ActionText } from "@mgs/shell/actions/action-text";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { ChevronLeft, ChevronRight, FolderOpen } from "lucide-react";
import Link from "next/link";
import { PersonActionField } from "./person-action-field";
import type { WorkTexts } from "./work-texts";

type NewDossierPageProps = {
  texts: WorkTexts;
  types: readonly DossierTypeDto[];
  /** The type that was chosen. */
  type: DossierTypeDto | undefined;
  open: (
    typeId: number,
    values: FormValues,
    idempotencyKey: string,
    socketId: string | undefined,
  ) => Promise<ActionResult>;
};

/** `/dossiers/nouveau`: first the type, then the form with the type's own fields. */
export function NewDossierPage({ texts, types, type, open }: NewDossierPageProps) {
  const { t, page, locale } = texts;
  return (
    <div className="max-w-3xl">
      <Link
        href={type && types.length > 1 ? newDossierPath() : dossiersPath()}
        className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {type && types.length > 1 ? t("create.changeType") : page("back")}
      </Link>
      <PageHeader title={t("create.title")} intro={type ? type.name[locale] : t("create.chooseType")} />
      <Card>
        {type ? (
          <CardBody>
            <NewDossierForm {...{ texts, type, open }} />
          </CardBody>
        ) : (
          <TypeList texts={texts} types={types} />
        )}
      </Card>
    </div>
  );
}

function TypeList({ texts: { t, locale }, types }: Pick<NewDossierPageProps, "texts" | "types">) {
  if (types.length === 0) return <EmptyState icon={<FolderOpen />} title={t("create.none")} />;
  return (
    <ul aria-label={t("create.type")} className="divide-y divide-line">
      {types.map((type) => (
        <li key={type.id}>
          <Link
            href={`${newDossierPath()}?type=${type.id}`}
            className="flex min-h-14 items-center gap-3 px-4 py-3 hover:bg-subtle sm:px-6"
          >
            <span className="min-w-0 flex-1">
              <span className="block break-words font-medium">{type.name[locale]}</span>
              <span className="block text-muted text-xs">
                {type.due_working_days === null ? t("types.noDays") : t("types.days", { days: type.due_working_days })}
              </span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NewDossierForm({ texts, type, open }: Pick<NewDossierPageProps, "texts" | "open"> & { type: DossierTypeDto }) {
  const { t, page, words, locale } = texts;
  const own = type.fields.filter(({ hidden }) => hidden !== true);
  return (
    <DraftedActionForm draft={`dossier.new:${type.id}`} action={open.bind(null, type.id)} submit={t("create.open")}>
      <ActionField
        name="title"
        label={page("fields.title")}
        maxLength={MAX_CHARACTERS.title}
        autoComplete="off"
        required
      />
      <ActionText name="description" label={page("fields.description")} maxLength={MAX_CHARACTERS.description} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ActionSelect
          name="concerned.kind"
          label={page("fields.concerned_kind")}
          options={CONCERNED_KINDS.map((kind) => ({ value: kind, label: words(`concernedKinds.${kind}`) }))}
        />
        <ActionField
          name="concerned.name"
          label={page("fields.concerned_name")}
          maxLength={MAX_CHARACTERS.concerned}
          autoComplete="off"
          required
        />
        <ActionField
          name="concerned.contact"
          label={page("fields.concerned_contact")}
          maxLength={MAX_CHARACTERS.contact}
          autoComplete="off"
        />
        <ActionSelect
          name="priority"
          label={page("fields.priority")}
          defaultValue="normale"
          options={PRIORITIES.map((priority) => ({ value: priority, label: words(`priorities.${priority}`) }))}
        />
        <ActionField
          name="due_on"
          type="date"
          label={page("fields.due_on")}
          description={
            type.due_working_days === null ? t("create.noDue") : t("create.due", { days: type.due_working_days })
          }
        />
        <PersonActionField
          name="assignee_id"
          label={page("fields.assignee_id")}
          {...(type.default_assignee_id === null ? {} : { description: t("create.assignee") })}
        />
      </div>
      <ActionField name="tags" label={page("fields.tags")} description={page("tagsHelp")} autoComplete="off" />
      {own.length === 0 ? null : (
        <fieldset className="grid gap-4 sm:grid-cols-2">
          <legend className="mb-3 font-medium">{t("create.own")}</legend>
          {own.map((field) => (
            <OwnField key={field.key} field={field} locale={locale} texts={texts} />
          ))}
        </fieldset>
      )}
    </DraftedActionForm>
  );
}

type OwnFieldProps = { field: DossierField; locale: WorkTexts["locale"]; texts: WorkTexts };

function OwnField({ field: { key, label, kind, required, choices = [] }, locale, texts: { page } }: OwnFieldProps) {
  const shared = { name: `custom.${key}`, label: label[locale], required };
  if (kind === "choice" || kind === "yes-no") {
    const options =
      kind === "choice"
        ? choices.map((choice) => ({ value: choice, label: choice }))
        : [
            { value: "true", label: page("yes") },
            { value: "false", label: page("no") },
          ];
    return <ActionSelect {...shared} options={[{ value: "", label: page("empty") }, ...options]} />;
  }
  return <ActionField {...shared} type={kind} autoComplete="off" {...(kind === "number" ? { step: "any" } : {})} />;
}
