import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { dossierHistoryPath } from "@mgs/dossiers/links";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { namesOf } from "@mgs/identity/users/name-of";
import { listRecordHistory, type RecordChange } from "@mgs/records/changes/list-record-changes";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { History } from "lucide-react";
import Link from "next/link";
import { ChangeItems, shortenValue } from "../records/change-items";
import type { DossierContext } from "./dossier-context";
import { createValueWriter } from "./write-value";

/** Changes that a dossier's own page shows. */
const LATEST = 6;

/** The latest changes of a dossier, and the way to all of them. */
export async function LatestHistory({ context, fields }: { context: DossierContext; fields: readonly DossierField[] }) {
  const { changes, before } = await readHistory(context, { limit: LATEST });
  const { t } = context.texts;
  return (
    <Card>
      <CardHeader title={t("history.title")} icon={<History aria-hidden />} />
      <ChangeList context={context} fields={fields} changes={changes} />
      {before === null ? null : (
        <p className="border-line border-t p-2">
          <Link
            href={dossierHistoryPath(context.dossier.id)}
            className={buttonStyles({ variant: "ghost", size: "sm" })}
          >
            {t("history.all")}
          </Link>
        </p>
      )}
    </Card>
  );
}

/** Reads a page of the history. @throws AppError VALIDATION_ERROR */
export function readHistory({ actor, dossier, runtime }: DossierContext, query: { before?: string; limit?: number }) {
  return listRecordHistory({ database: runtime.database, namesOf }, actor, dossierSubject, String(dossier.id), query);
}

type ChangeListProps = {
  context: DossierContext;
  fields: readonly DossierField[];
  changes: readonly RecordChange[];
};

/** Changes in words: who did what and when, each field with its value before and after. */
export async function ChangeList({ context: { texts, runtime }, fields, changes }: ChangeListProps) {
  const named = changes.flatMap(({ fields: changed, details }) => [...(changed.assignee_id ?? []), details.user_id]);
  const people = await namesOf(
    runtime.database,
    named.filter((id): id is number => typeof id === "number"),
  );
  const { label, write } = createValueWriter(texts, fields, people);
  const { t } = texts;
  return (
    <ChangeItems
      items={changes.map(({ seq, at, op, user_name, fields: changed, details }) => ({
        ...{ seq, at },
        text: t(`ops.${isKnownOp(op) ? op : "other"}`, {
          name: user_name || t("history.program"),
          piece: String(details.name ?? ""),
          person: people.get(Number(details.user_id)) ?? t("unknownPerson"),
          document: typeof details.name === "string" ? details.name : "",
        }),
        fields: Object.entries(changed).map(([field, [before, after]]) => ({
          field,
          text: t("history.change", {
            field: label(field),
            before: shortenValue(write(field, before)),
            after: shortenValue(write(field, after)),
          }),
        })),
        reason: typeof details.reason === "string" ? details.reason : undefined,
      }))}
    />
  );
}

const KNOWN_OPS = [
  "opened",
  "edited",
  "prendre",
  "attendre",
  "reprendre",
  "valider",
  "rejeter",
  "cloturer",
  "rouvrir",
  "access-granted",
  "access-removed",
  "handed-over",
  "piece-asked",
  "piece-received",
  "piece-refused",
  "opinion-asked",
  "opinion-answered",
  "opinion-refused",
  "opinion-withdrawn",
  "opinion-handed-over",
  "document-added",
  "document-replaced",
  "document-deleted",
  "document-restored",
  "document-scanned",
  "document-infected",
] as const;
const isKnownOp = (op: string): op is (typeof KNOWN_OPS)[number] => KNOWN_OPS.some((known) => known === op);
