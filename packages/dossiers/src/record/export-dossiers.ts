import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireScope } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import type { CsvRow } from "@mgs/http/csv/write-csv";
import type { TableFormat } from "@mgs/http/xlsx/table-answer";
import type { XlsxColumn } from "@mgs/http/xlsx/write-xlsx";
import { messagesFor } from "@mgs/i18n/catalogue";
import { namesOf } from "@mgs/identity/users/name-of";
import type { ListQuery } from "@mgs/records/lists/list";
import { countRows } from "@mgs/records/lists/lists.repository";
import { readAllPages } from "@mgs/records/lists/read-page";
import { findFollowersOf } from "../access.repository";
import { type DossierDeps, todayOf } from "../deps";
import { toDossier } from "../dossier-dto";
import { type DossierFilter, exportDossiersQuery } from "../dossier-filter";
import { dossierList, readDossierRows } from "../dossiers.repository";
import { type DossierTypeRow, findTypes } from "../types/types.repository";
import { exportColumns, exportRow, type FieldColumn, fieldColumnsOf } from "./export-columns";
import { queryOf, readingOf } from "./list-dossiers";

const PAGE_ROWS = 1_000;
/** The audit trail tells the exact number up to this one. */
const MAX_COUNTED = 10_000_000;

export type DossierExport = {
  format: TableFormat;
  /** The name of the sheet. */
  sheet: string;
  columns: readonly XlsxColumn[];
  rows: AsyncIterable<CsvRow>;
};

/**
 * Exports the dossiers that pass a filter and that the actor sees, in the order of the list, page by page while they are taken: any number
 * of them fits. Relations are in it: who follows, what it was opened from, and the own fields of each type that the list has. The export is an event of the audit trail, with the filter and the number.
 * @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function exportDossiers(deps: DossierDeps, actor: Actor, input: unknown): Promise<DossierExport> {
  requireScope(actor, "dossiers:read");
  const { format, sort, ...filter } = validate(exportDossiersQuery, input);
  const query = queryOf(actor, filter, todayOf(deps.clock));
  const count = await countRows(deps.database, dossierList, query, MAX_COUNTED);
  await audit(deps.database, { actor, action: "dossier.exported", details: { count, format, ...filter } });
  const locale = actor.kind === "user" ? actor.locale : "fr";
  const types = await findTypesOf(deps, query);
  const fields = fieldColumnsOf(types);
  return {
    format,
    sheet: messagesFor(locale).dossiers.title,
    columns: exportColumns(locale, types, fields),
    rows: readRows(deps, actor, { query, sort, fields, locale }),
  };
}

/** The types that the list has dossiers of. */
async function findTypesOf({ database }: DossierDeps, query: ListQuery<DossierFilter>): Promise<DossierTypeRow[]> {
  const { type: asked } = query.filter;
  const types = (await findTypes(database)).filter(({ id }) => asked === undefined || asked.includes(id));
  const counts = await Promise.all(
    types.map(({ id }) => countRows(database, dossierList, { ...query, filter: { ...query.filter, type: [id] } }, 1)),
  );
  return types.filter((_, place) => counts[place] === 1);
}

type Reading = {
  query: ListQuery<DossierFilter>;
  sort: string;
  fields: readonly FieldColumn[];
  locale: Locale;
};

async function* readRows(
  deps: DossierDeps,
  actor: Actor,
  { query, sort, fields, locale }: Reading,
): AsyncGenerator<CsvRow> {
  for await (const page of readAllPages(deps.database, dossierList, query, { sort, limit: PAGE_ROWS })) {
    const ids = page.map(Number);
    const [rows, followers] = await Promise.all([
      readDossierRows(deps.database, ids),
      findFollowersOf(deps.database, ids),
    ]);
    const [reading, names] = await Promise.all([
      readingOf(deps, actor, rows),
      namesOf(
        deps.database,
        followers.map(({ userId }) => userId),
      ),
    ]);
    const followersOf = Map.groupBy(followers, ({ dossierId }) => dossierId);
    for (const row of rows) {
      const people = (followersOf.get(row.id) ?? []).flatMap(({ userId }) => names.get(userId) ?? []);
      // A file has no versions.
      yield exportRow(toDossier(row, reading, 0), people, fields, locale);
    }
  }
}
