import { seanceHistoryPath } from "@mgs/dossiers/links";
import { seanceSubject } from "@mgs/dossiers/seances/seance-subject";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { namesOf } from "@mgs/identity/users/name-of";
import { listRecordHistory, type RecordChange } from "@mgs/records/changes/list-record-changes";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { History } from "lucide-react";
import Link from "next/link";
import { ChangeItems, shortenValue } from "../records/change-items";
import type { SeanceContext } from "./seance-context";

/** Changes that a session's own page shows. */
const LATEST = 6;
const OPS = ["created", "edited", "cancelled", "restored", "access-granted"] as const;
const FIELDS = ["title", "place", "starts_at", "ends_at", "is_public", "dossier_id", "participants"] as const;

/** The latest changes of a session, and the way to all of them. */
export async function LatestSeanceHistory({ context }: { context: SeanceContext }) {
  const { changes, before } = await readSeanceHistory(context, { limit: LATEST });
  const { page } = context.texts;
  return (
    <Card>
      <CardHeader title={page("history.title")} icon={<History aria-hidden />} />
      <SeanceChanges context={context} changes={changes} />
      {before === null ? null : (
        <p className="border-line border-t p-2">
          <Link href={seanceHistoryPath(context.seance.id)} className={buttonStyles({ variant: "ghost", size: "sm" })}>
            {page("history.all")}
          </Link>
        </p>
      )}
    </Card>
  );
}

/** Reads a page of the history. @throws AppError VALIDATION_ERROR */
export function readSeanceHistory(
  { actor, runtime, seance }: SeanceContext,
  query: { before?: string; limit?: number },
): ReturnType<typeof listRecordHistory> {
  return listRecordHistory({ database: runtime.database, namesOf }, actor, seanceSubject, String(seance.id), query);
}

type SeanceChangesProps = { context: SeanceContext; changes: readonly RecordChange[] };

/** Changes in words: who did what and when, each field with its value before and after. */
export async function SeanceChanges({ context, changes }: SeanceChangesProps) {
  const { t, page } = context.texts;
  const { write, nameOf } = await createWriter(context, changes);
  return (
    <ChangeItems
      items={changes.map(({ seq, at, op, user_name, fields, details }) => ({
        ...{ seq, at },
        text: t(`seances.ops.${OPS.find((known) => known === op) ?? "other"}`, {
          name: user_name || page("history.program"),
          person: nameOf(details.user_id),
        }),
        fields: FIELDS.flatMap((field) => {
          const [before, after] = fields[field] ?? [];
          if (before === undefined && after === undefined) return [];
          const values = { before: shortenValue(write(field, before)), after: shortenValue(write(field, after)) };
          return [{ field, text: page("history.change", { field: t(`seances.fields.${field}`), ...values }) }];
        }),
      }))}
    />
  );
}

/** Makes what writes values of the history in words. A dossier that the reader does not see has none. */
async function createWriter({ actor, runtime, texts }: SeanceContext, changes: readonly RecordChange[]) {
  const { t, page, moment } = texts;
  const valuesOf = (field: string) => changes.flatMap(({ fields }) => [...(fields[field] ?? [])]).flat();
  const isNumber = (value: unknown): value is number => typeof value === "number";
  const people = await namesOf(
    runtime.database,
    [...valuesOf("participants"), ...changes.map(({ details }) => details.user_id)].filter(isNumber),
  );
  const dossierIds = [...new Set(valuesOf("dossier_id").filter(isNumber))];
  const dossiers = new Map(
    await Promise.all(
      dossierIds.map(async (id) => [id, (await dossierSubject.find(runtime, actor, String(id)))?.title] as const),
    ),
  );
  const nameOf = (id: unknown) => people.get(Number(id)) ?? page("unknownPerson");
  const write = (field: (typeof FIELDS)[number], value: unknown): string => {
    if (field === "starts_at" || field === "ends_at") return moment(String(value));
    if (field === "is_public") return t(value === true ? "seances.public" : "seances.private");
    if (field === "participants" && Array.isArray(value)) return value.map(nameOf).join(", ") || page("empty");
    if (field === "dossier_id" && value !== null) return dossiers.get(Number(value)) ?? t("seances.hiddenDossier");
    return value === null || value === "" ? page("empty") : String(value);
  };
  return { write, nameOf };
}
