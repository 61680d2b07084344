import { type BrokenRow, verifyTrail } from "@mgs/audit/chain/verify-trail";
import { addCommand } from "@mgs/command-kit/add-command";
import { Failed } from "@mgs/command-kit/failed";
import { printResult } from "@mgs/command-kit/print-table";
import { createProgressLine } from "@mgs/command-kit/progress-line";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { WrongInput } from "@mgs/command-kit/wrong-input";
import type { Command } from "commander";
import type { CliContext } from "../context";

/** A head as the command and the worker's log print it. */
const HEAD_PATTERN = /^(\d{1,18}):([0-9a-f]{64})$/;

const REASONS: Readonly<Record<BrokenRow["reason"], string>> = {
  removed: "a row was removed",
  changed: "a row was changed",
  inserted: "a row was put in without its place in the chain",
  head: "the trail does not have the expected head",
};

export function addAuditVerify(program: Command, context: CliContext): void {
  addCommand(program, "audit:verify", {
    summary: "verify the chain of the audit trail: OK with count and head, or the first broken row and exit code 1",
    examples: [
      ["audit:verify", "read every row and compare its hash"],
      [
        "audit:verify --expect 1204:9f86d081…",
        "also find out whether the end was cut off, by a head of the worker's log",
      ],
    ],
  })
    .option("--expect <seq:hash>", "a head that was noted before")
    .action(async ({ expect, json }: { expect?: string; json: boolean }) => {
      const expected = expect === undefined ? undefined : parseHead(expect);
      const line = createProgressLine(context);
      const result = await withDatabase(context, (database) =>
        verifyTrail({ database }, CLI_ACTOR, { expected, progress: (events) => line.show(`${events} rows`) }),
      ).finally(line.clear);
      const { ok, events, waiting, removed_through, head, broken } = result;
      printResult(context, json, result, () => {
        if (ok) context.print(`OK: ${events} rows, head ${head.seq}:${head.hash}`);
        if (broken) {
          const place = [broken.seq === null ? null : `number ${broken.seq}`, broken.event_id]
            .filter(Boolean)
            .join(", ");
          context.print(
            `BROKEN: ${REASONS[broken.reason]} (${place}); ${events} rows before it are as they were written`,
          );
        }
        if (removed_through !== "0")
          context.print(`rows up to number ${removed_through} were removed by the retention`);
        if (waiting > 0) context.print(`${waiting} rows wait to be chained, which the worker does each second`);
      });
      if (!ok) throw new Failed();
    });
}

function parseHead(text: string): { seq: bigint; hash: string } {
  const [, seq, hash] = HEAD_PATTERN.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new WrongInput("--expect takes a head such as 1204:9f86d081…");
  return { seq: BigInt(seq), hash };
}
