import { requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { type CsvColumn, csvAnswer } from "@mgs/http/csv/write-csv";
import { ok } from "@mgs/http/envelope";
import { isNavigation } from "@mgs/http/form-page";
import type { Route } from "@mgs/http/route";
import { readUpload } from "@mgs/http/upload";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { importPath, newImportPath } from "../links";
import { type FileProblem, MAX_FILE_BYTES, RefusedFile, toFileError } from "./file-problem";
import type { LineProblem } from "./import-line";
import { lineProblemTexts } from "./line-problem-texts";

/** The form around the file: its boundaries, headers and other fields. */
const MAX_BODY_BYTES = MAX_FILE_BYTES + 16 * 1_024;

/** Routes of Administration that check files of people; the console's page starts the import. */
export const importRoutes = [
  {
    method: "POST",
    path: "/api/people/imports",
    portals: ["administration"],
    access: "signed-in",
    // The permission admits people at work in Administration alone, whatever a token's scopes are.
    scope: "profile",
    body: { kind: "form", maxBytes: MAX_BODY_BYTES },
    formPage: () => newImportPath(),
    handler: async ({ actor, request }, deps) => {
      requireUser(actor);
      const { checkPeopleFile } = await import("./check-people-file");
      try {
        const { file, fields } = await readUpload(request, "file", MAX_BODY_BYTES);
        if (!file) throw new RefusedFile("NO_FILE");
        const { importId } = await checkPeopleFile(deps, actor, { ...file, defaultRole: fields.role });
        if (isNavigation(request)) return seeOther(importPath(importId));
        return ok({ id: importId }, { status: 201 });
      } catch (error) {
        const refused = toRefusedFile(error);
        if (!refused) throw error;
        if (!isNavigation(request)) throw toFileError(refused);
        return seeOther(newImportPath(refusalQuery(refused)));
      }
    },
  },
  {
    method: "GET",
    path: "/api/people/imports/{id}/problems",
    portals: ["administration"],
    access: "signed-in",
    scope: "profile",
    handler: async ({ actor, params, locale }, deps) => {
      const { readImportProblems } = await import("./show-people-import");
      const problems = await readImportProblems(deps, actor, params.id ?? "");
      return csvAnswer("lignes-a-corriger", COLUMNS, toRows(problems, locale));
    },
  },
] as const satisfies readonly Route<PortalDeps>[];

const COLUMNS: readonly CsvColumn<"line" | "column" | "email" | "code" | "reason">[] = [
  { key: "line", header: "line" },
  { key: "column", header: "column" },
  { key: "email", header: "email" },
  { key: "code", header: "code" },
  { key: "reason", header: "reason" },
];

async function* toRows(problems: AsyncIterable<LineProblem & { line: number; email: string | null }>, locale: Locale) {
  const describe = lineProblemTexts(locale);
  for await (const problem of problems) {
    const { line, column, email, code } = problem;
    yield { line, column, email, code, reason: describe(problem) };
  }
}

/** A body that is too large is a file that is, for people. */
function toRefusedFile(error: unknown): RefusedFile | null {
  if (error instanceof RefusedFile) return error;
  return error instanceof AppError && error.code === "PAYLOAD_TOO_LARGE" ? new RefusedFile("TOO_LARGE") : null;
}

function refusalQuery({ problem, line }: RefusedFile): { problem: FileProblem; line?: string } {
  return { problem, ...(line === null ? {} : { line: String(line) }) };
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
