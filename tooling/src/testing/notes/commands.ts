import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext, CommandGroup } from "@mgs/module/command";
import type { Command } from "commander";
import { listNotes } from "./list-notes";

function addNotesList(program: Command, context: CommandContext): void {
  addCommand(program, "notes:list", {
    summary: "list the latest notes of a person",
    examples: [["notes:list --user 1", "of person 1"]],
  })
    .requiredOption("--user <id>", "number of the author")
    .action(async ({ user, json }: { user: string; json: boolean }) => {
      const notes = await withDatabase(context, (database) => listNotes({ database }, CLI_ACTOR, Number(user)));
      printResult(context, json, notes, () =>
        printTable(
          context,
          ["WRITTEN", "TEXT"],
          notes.map(({ created_at, text }) => [created_at, text]),
          "none",
        ),
      );
    });
}

export const noteCommands: readonly CommandGroup[] = [{ title: "Notes:", commands: [addNotesList] }];
