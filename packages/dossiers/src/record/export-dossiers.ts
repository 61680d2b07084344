import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireScope } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import type { CsvRow } from "@mgs/http/csv/write-csv";
import type { TableFormat } from "@mgs/http/xlsx/table-answer";
import type { XlsxColumn } from "@mgs/http/xlsx/write-xlsx";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ListQuery } from "@mgs/records/lists/list";
import { countRows } from "@mgs/records/lists/lists.repository";
import { readAllPages } from "@mgs/records/lists/read-page";
import type { DossierSummary } from "../contract/dossier";
import { type DossierDeps, todayOf } from "../deps";
import { type DossierFilter, exportDossiersQuery } from "../dossier-filter";
import { dossierList } from "../dossiers.repository";
import { queryOf, readSummaries } from "./list-dossiers";

const PAGE_ROWS = 1_000;
/** The audit trail tells the exact number up to this one. */
const MAX_COUNTED = 10_000_000;

/** The columns of the file, in their order: how each is read, and its width in characters. */
const COLUMNS = {
  reference: { width: 14 },
  title: { width: 40 },
  type: { width: 24 },
  state: { width: 12 },
  priority: { width: 10 },
  concerned_kind: { width: 12 },
  concerned_name: { width: 28 },
  due_on: { kind: "date", width: 12 },
  overdue: { width: 10 },
  assignee: { width: 24 },
  tags: { width: 24 },
  state_since: { kind: "date-time", width: 18 },
  created_at: { kind: "date-time", width: 18 },
  updated_at: { kind: "date-time", width: 18 },
  url: { width: 40 },
} as const satisfies Record<string, Pick<XlsxColumn, "kind" | "width">>;
type Key = keyof typeof COLUMNS;

export type DossierExport = {
  format: TableFormat;
  /** The name of the sheet. */
  sheet: string;
  columns: readonly XlsxColumn<Key>[];
  rows: AsyncIterable<CsvRow<Key>>;
};

/**
 * Exports the dossiers that pass a filter and that the actor sees, in the order of the list, page by page while they are taken: any number
 * of them fits. The export is an event of the audit trail, with the filter and the number.
 * @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function exportDossiers(deps: DossierDeps, actor: Actor, input: unknown): Promise<DossierExport> {
  requireScope(actor, "dossiers:read");
  const { format, sort, ...filter } = validate(exportDossiersQuery, input);
  const query = queryOf(actor, filter, todayOf(deps.clock));
  const count = await countRows(deps.database, dossierList, query, MAX_COUNTED);
  await audit(deps.database, { actor, action: "dossier.exported", details: { count, format, ...filter } });
  const locale = actor.kind === "user" ? actor.locale : "fr";
  const headers = messagesFor(locale).dossiers.file;
  return {
    format,
    sheet: messagesFor(locale).dossiers.title,
    columns: Object.entries(COLUMNS).map(([key, column]) => ({
      ...column,
      key: key as Key,
      header: headers[key as Key],
    })),
    rows: readRows(deps, actor, query, sort, locale),
  };
}

async function* readRows(
  deps: DossierDeps,
  actor: Actor,
  query: ListQuery<DossierFilter>,
  sort: string,
  locale: Locale,
): AsyncGenerator<CsvRow<Key>> {
  for await (const ids of readAllPages(deps.database, dossierList, query, { sort, limit: PAGE_ROWS })) {
    for (const dossier of await readSummaries(deps, actor, ids.map(Number))) yield toRow(dossier, locale);
  }
}

function toRow(dossier: DossierSummary, locale: Locale): CsvRow<Key> {
  const texts = messagesFor(locale).dossiers;
  const { reference, title, type, state, priority, concerned, due_on, overdue, assignee, tags } = dossier;
  const { state_since, created_at, updated_at, url } = dossier;
  return {
    ...{ reference, title, due_on, state_since, created_at, updated_at, url },
    type: type.name,
    state: texts.states[state],
    priority: texts.priorities[priority],
    concerned_kind: texts.concernedKinds[concerned.kind],
    concerned_name: concerned.name,
    overdue: overdue ? texts.yes : texts.no,
    assignee: assignee?.name ?? null,
    tags: tags.join(", "),
  };
}
