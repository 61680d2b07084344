import { type Actor, requireUser } from "@mgs/core/actor";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { readCsv } from "@mgs/http/csv/read-csv";
import { UnreadableFile } from "@mgs/http/csv/unreadable-file";
import { requirePermission } from "../permissions";
import { findRoles } from "../roles/roles.repository";
import { MAX_FILE_BYTES, MAX_ROWS, RefusedFile } from "./file-problem";
import { findImportColumns } from "./import-columns";
import { findKnownPeople, insertPeopleImport } from "./people-imports.repository";
import { planImport } from "./plan-import";
import { readPeopleLines } from "./read-people-file";

const MAX_FILE_NAME_LENGTH = 200;

/**
 * Checks a file of people (CSV with a header line) against the accounts: what each line would do, and all that is wrong with it.
 * Nothing is changed; the outcome is kept, so that an import does what was shown.
 * @param file.defaultRole role of new people whose line names none
 * @returns the id of the kept check
 * @throws AppError FORBIDDEN; RefusedFile when the file as a whole cannot be used
 */
export async function checkPeopleFile(
  deps: { database: Database },
  actor: Actor,
  file: { bytes: Buffer; name: string; defaultRole?: string | undefined },
): Promise<{ importId: string }> {
  requirePermission(actor, "accounts.import");
  const { userId } = requireUser(actor);
  const table = readTable(file.bytes);
  const columns = findImportColumns(table.columns);
  if (typeof columns === "string") throw new RefusedFile(columns, 1);
  if (table.records.length === 0) throw new RefusedFile("EMPTY");
  const roles = await findRoles(deps.database);
  const fallback = file.defaultRole === "" ? undefined : file.defaultRole;
  if (fallback !== undefined && !roles.some(({ slug }) => slug === fallback)) throw new RefusedFile("UNKNOWN_ROLE");
  const lines = readPeopleLines(table, columns, roles);
  const emails = [...new Set(lines.map(({ email }) => email).filter((email) => email !== "" && isStorableText(email)))];
  const known = await findKnownPeople(deps.database, emails);
  const plan = planImport(lines, columns, { role: fallback }, { actor, roles, known });
  const importId = await insertPeopleImport(
    deps.database,
    {
      createdBy: userId,
      fileName: readableName(file.name),
      encoding: table.encoding,
      delimiter: table.delimiter,
      ignoredColumns: columns.ignored.filter(isStorableText).slice(0, 50),
    },
    plan,
  );
  return { importId };
}

function readTable(bytes: Buffer) {
  if (bytes.byteLength === 0) throw new RefusedFile("NO_FILE");
  if (bytes.byteLength > MAX_FILE_BYTES) throw new RefusedFile("TOO_LARGE");
  try {
    return readCsv(bytes, { maxRows: MAX_ROWS, collectRagged: true });
  } catch (error) {
    if (error instanceof UnreadableFile) throw new RefusedFile(error.reason, error.line);
    throw error;
  }
}

function readableName(name: string): string {
  const text = isStorableText(name) ? name.trim().slice(0, MAX_FILE_NAME_LENGTH) : "";
  return text === "" ? "?" : text;
}
