import type { Locale } from "@mgs/core/locale";
import type { CsvRow } from "@mgs/http/csv/write-csv";
import type { XlsxColumn } from "@mgs/http/xlsx/write-xlsx";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { DossierDto } from "../contract/dossier";
import type { DossierField } from "../contract/dossier-types";
import type { DossierTypeRow } from "../types/types.repository";

/** The columns that every dossier has, in their order: how each is read, and its width in characters. */
const COLUMNS = {
  reference: { width: 14 },
  title: { width: 40 },
  type: { width: 24 },
  state: { width: 12 },
  priority: { width: 10 },
  concerned_kind: { width: 12 },
  concerned_name: { width: 28 },
  concerned_contact: { width: 24 },
  due_on: { kind: "date", width: 12 },
  overdue: { width: 10 },
  assignee: { width: 24 },
  followers: { width: 32 },
  tags: { width: 24 },
  state_since: { kind: "date-time", width: 18 },
  state_reason: { width: 40 },
  created_by: { width: 24 },
  created_at: { kind: "date-time", width: 18 },
  updated_at: { kind: "date-time", width: 18 },
  description: { width: 60 },
  origin_portal: { width: 18 },
  origin_title: { width: 32 },
  origin_url: { width: 40 },
  url: { width: 40 },
} as const satisfies Record<string, Pick<XlsxColumn, "kind" | "width">>;

/** A type's own field as a column. */
export type FieldColumn = { key: string; typeId: number; field: DossierField };

/** The columns of the own fields of some types; what a form hides, the file has not. */
export function fieldColumnsOf(types: readonly DossierTypeRow[]): FieldColumn[] {
  return types.flatMap(({ id, fields }) =>
    fields
      .filter(({ hidden }) => hidden !== true)
      .map((field) => ({ key: `type_${id}_${field.key}`, typeId: id, field })),
  );
}

/** The header line: columns of all dossiers, then those of the types. A name that two would have says its type as well. */
export function exportColumns(
  locale: Locale,
  types: readonly DossierTypeRow[],
  fields: readonly FieldColumn[],
): XlsxColumn[] {
  const headers = messagesFor(locale).dossiers.file;
  const common: XlsxColumn[] = Object.entries(COLUMNS).map(([key, column]) => ({
    ...column,
    ...{ key, header: headers[key as keyof typeof COLUMNS] },
  }));
  const labels = [...common.map(({ header }) => header), ...fields.map(({ field }) => field.label[locale])];
  const own = fields.map(({ key, typeId, field }): XlsxColumn => {
    const label = field.label[locale];
    const isUnique = labels.filter((one) => one === label).length === 1;
    const type = types.find(({ id }) => id === typeId)?.[locale === "fr" ? "nameFr" : "nameEn"] ?? "";
    return {
      ...{ key, header: isUnique ? label : `${label} (${type})`, width: 20 },
      ...(field.kind === "date" ? { kind: "date" } : {}),
    };
  });
  return [...common, ...own];
}

/** A dossier as a line of the file. */
export function exportRow(
  dossier: DossierDto,
  followers: readonly string[],
  fields: readonly FieldColumn[],
  locale: Locale,
): CsvRow {
  const texts = messagesFor(locale).dossiers;
  const { reference, title, type, state, priority, concerned, due_on, overdue, assignee, tags, custom, origin } =
    dossier;
  const { state_since, state_reason, created_by, created_at, updated_at, description, url } = dossier;
  const own = fields.map(({ key, typeId, field }) => {
    const value = typeId === type.id ? custom[field.key] : undefined;
    return [key, typeof value === "boolean" ? (value ? texts.yes : texts.no) : toCell(value)];
  });
  return {
    ...{ reference, title, due_on, state_since, state_reason, created_at, updated_at, description, url },
    type: type.name,
    state: texts.states[state],
    priority: texts.priorities[priority],
    concerned_kind: texts.concernedKinds[concerned.kind],
    concerned_name: concerned.name,
    concerned_contact: concerned.contact,
    overdue: overdue ? texts.yes : texts.no,
    assignee: assignee?.name ?? null,
    followers: followers.join(", "),
    tags: tags.join(", "),
    created_by: created_by?.name ?? null,
    origin_portal: origin?.portal ?? null,
    origin_title: origin?.title ?? null,
    origin_url: origin?.url ?? null,
    ...Object.fromEntries(own),
  };
}

const toCell = (value: unknown): string | number | null =>
  value === undefined || value === null ? null : typeof value === "number" ? value : String(value);
