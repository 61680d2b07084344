import type { DossierTypeDto } from "@mgs/dossiers/contract/dossier-types";
import { dossierTypesPath } from "@mgs/dossiers/links";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField } from "@mgs/shell/actions/action-form";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { archive, create, save } from "../../app/(portal)/types-de-dossier/types.action";
import { PersonActionField } from "../dossier/person-action-field";
import type { WorkTexts } from "../dossier/work-texts";
import { TypeForm } from "./type-form";
import { FieldRows, PieceRows } from "./type-rows";

type TypePageProps = {
  texts: WorkTexts;
  /** Undefined: a new one. */
  type: DossierTypeDto | undefined;
  assignee: { id: number; name: string } | null;
};

/** `/types-de-dossier/{id}`: what one type of dossiers asks for. */
export function TypePage({ texts: { t, locale }, type, assignee }: TypePageProps) {
  return (
    <div className="max-w-4xl">
      <Link
        href={dossierTypesPath()}
        className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t("types.back")}
      </Link>
      <PageHeader
        title={type ? type.name[locale] : t("types.add")}
        intro={type?.archived ? <Badge>{t("types.archived")}</Badge> : null}
        actions={type ? <ArchiveButton t={t} type={type} /> : null}
      />
      <Card>
        <CardBody>
          <TypeForm
            drawnWith={type ? JSON.stringify(baseOf(type)) : ""}
            action={type ? save.bind(null, type.id, baseOf(type)) : create}
            submit={t(type ? "save" : "types.create")}
          >
            <div className="grid gap-4 sm:grid-cols-2">
              <ActionField
                name="name.fr"
                label={t("types.nameFr")}
                defaultValue={type?.name.fr}
                maxLength={100}
                autoComplete="off"
                required
              />
              <ActionField
                name="name.en"
                label={t("types.nameEn")}
                defaultValue={type?.name.en}
                maxLength={100}
                autoComplete="off"
                required
              />
              <ActionField
                name="due_working_days"
                type="number"
                min={0}
                max={500}
                label={t("types.due")}
                description={t("types.dueHint")}
                defaultValue={type?.due_working_days ?? ""}
              />
              <PersonActionField
                name="default_assignee_id"
                label={t("types.assignee")}
                description={t("types.assigneeHint")}
                initial={assignee}
              />
            </div>
            <FieldRows initial={type?.fields ?? []} />
            <PieceRows initial={type?.pieces ?? []} />
          </TypeForm>
        </CardBody>
      </Card>
    </div>
  );
}

/** What the form is drawn with: a save writes what was typed over it. */
function baseOf({ name, fields, pieces, due_working_days, default_assignee_id }: DossierTypeDto) {
  return { name, fields, pieces, due_working_days, default_assignee_id };
}

function ArchiveButton({ t, type }: { t: WorkTexts["t"]; type: DossierTypeDto }) {
  const action = archive.bind(null, type.id, type.version, !type.archived);
  if (type.archived)
    return (
      <ActionButton variant="secondary" action={action}>
        {t("types.restore")}
      </ActionButton>
    );
  return (
    <ActionButton
      variant="secondary"
      action={action}
      confirm={{
        ...{ title: t("types.archiveTitle"), text: t("types.archiveText"), submit: t("types.archive") },
        ...{ cancel: t("cancel"), close: t("close") },
      }}
    >
      {t("types.archive")}
    </ActionButton>
  );
}
