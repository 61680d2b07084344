import { isBlank } from "@mgs/core/blank";
import { isLocale, type Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import type { CsvRecord, CsvTable } from "@mgs/http/csv/read-csv";
import { z } from "zod";
import type { RoleRow } from "../roles/roles.repository";
import { foldName, type ImportColumns } from "./import-columns";
import type { LineProblem, LineProblemCode } from "./import-line";

const MAX_NAME_LENGTH = 200;
const MAX_EMAIL_LENGTH = 320;

const LOCALE_NAMES: Readonly<Record<string, Locale>> = {
  francais: "fr",
  french: "fr",
  anglais: "en",
  english: "en",
};

/** One line as the file says it. What the file leaves out is undefined: a person who is there keeps it. */
export type ReadLine = {
  line: number;
  name: string;
  email: string;
  role: Role | undefined;
  locale: Locale | undefined;
  problems: LineProblem[];
};

/** Reads what each line says, with all that is wrong with it by itself. */
export function readPeopleLines(
  table: Pick<CsvTable, "records" | "ragged">,
  columns: ImportColumns,
  roles: readonly RoleRow[],
): ReadLine[] {
  const slugs = slugsByName(roles);
  const ragged = new Set(table.ragged);
  return table.records.map((record) => {
    if (!ragged.has(record.line)) return readLine(record, columns, slugs);
    const problems: LineProblem[] = [{ column: null, code: "COLUMN_COUNT" }];
    return { line: record.line, name: "", email: "", role: undefined, locale: undefined, problems };
  });
}

/** A role may be written as its slug or by its name in either language; the slug wins. */
function slugsByName(roles: readonly RoleRow[]): Map<string, Role> {
  const slugs = new Map<string, Role>();
  for (const { slug, nameFr, nameEn } of roles) {
    for (const name of [nameFr, nameEn]) if (!slugs.has(foldName(name))) slugs.set(foldName(name), slug);
  }
  for (const { slug } of roles) slugs.set(foldName(slug), slug);
  return slugs;
}

function readLine({ line, record }: CsvRecord, { names }: ImportColumns, slugs: ReadonlyMap<string, Role>): ReadLine {
  const problems: LineProblem[] = [];
  const textOf = (column: string | undefined) => (column === undefined ? "" : (record[column] ?? "").trim());
  const report = (column: string | undefined, code: LineProblemCode) => {
    if (column !== undefined) problems.push({ column, code });
  };
  const name = [textOf(names.first_name), textOf(names.name)].filter((part) => part !== "").join(" ");
  if (isBlank(name)) report(names.name, "REQUIRED");
  else if (name.length > MAX_NAME_LENGTH) report(names.name, "TOO_LONG");
  else if (!isStorableText(name)) report(names.name, "INVALID_TEXT");

  const email = textOf(names.email).toLowerCase();
  if (isBlank(email)) report(names.email, "REQUIRED");
  else if (email.length > MAX_EMAIL_LENGTH) report(names.email, "TOO_LONG");
  else if (!z.email().safeParse(email).success) report(names.email, "INVALID_EMAIL");

  const roleText = textOf(names.role);
  const role = slugs.get(foldName(roleText));
  if (roleText !== "" && role === undefined) report(names.role, "UNKNOWN_ROLE");

  const localeText = foldName(textOf(names.locale));
  const locale = isLocale(localeText) ? localeText : LOCALE_NAMES[localeText];
  if (localeText !== "" && locale === undefined) report(names.locale, "UNKNOWN_LOCALE");
  return { line, name, email, role, locale, problems };
}
