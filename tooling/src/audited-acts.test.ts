import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isWorkPermission } from "@mgs/core/roles";
import { expect, test } from "vitest";
import { ROOT } from "./paths";

/** Permissions that change nothing, by the end of their names. */
const READS = /\.(?:read|search|open|summary|send|send-to-several)$/;
const CALL = /requirePermission\(\s*\w+,\s*"([\w.-]+)"/g;
/** `closeSession`, by which every sign-in ends, writes the entry; a use case that calls another one leaves it to that. */
const AUDITS = /\b(?:audit\w*|(?:close|end)\w*(?:Session|Device)\w*)\(/;
/** Daily work on a record is in its history, which has every field with its values before and after. */
const KEEPS_HISTORY = /\brecordChange\(/;

/** Use cases that write no entry themselves, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "check-people-batch.ts": "reads; each act of a batch that starts writes its own",
  "end-all-sessions.ts": "closeSession writes an entry for each sign-in that ends",
  "end-impersonation.ts": "closeImpersonation writes an entry for each that ends",
  "list-askable-roles.ts": "reads",
  "merge-type.ts": "editType writes it",
  "list-consents.ts": "reads",
  "list-holdings.ts": "reads",
  "list-impersonations.ts": "reads",
  "get-maintenance.ts": "reads",
  "get-session-lifetimes.ts": "reads",
  "retry-sent.ts": "retryFailed of the queues writes it",
  "people-step.ts": "each act of the batch writes its own",
  "check-people-file.ts": "keeps what a file would do, for its reader alone; the import writes the entry",
  "show-people-import.ts": "reads",
  "export-people.ts": "writes it where its rows begin",
};

test("every act of a managing permission writes an entry of the audit trail, or says why not", () => {
  const files = globSync("packages/*/src/**/*.ts", {
    cwd: ROOT,
    exclude: ["**/generated/**", "**/testing/**", "**/*.{test,itest}.ts"],
  });
  const silent = files.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), "utf8");
    const managing = [...source.matchAll(CALL)]
      .map(([, permission = ""]) => permission)
      .filter((one) => !READS.test(one));
    const isKept = AUDITS.test(source) || (managing.every(isWorkPermission) && KEEPS_HISTORY.test(source));
    return managing.length > 0 && !isKept && !Object.hasOwn(EXCEPTIONS, basename(file)) ? [file] : [];
  });
  expect(silent).toEqual([]);
});
