import { addCommand } from "@mgs/command-kit/add-command";
import { printImport } from "@mgs/command-kit/print-import";
import { readRecords } from "@mgs/command-kit/read-records";
import { resolveCallerPath } from "@mgs/command-kit/resolve-caller-path";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { BUILT_IN_ROLES, type Role } from "@mgs/core/roles";
import type { CommandContext } from "@mgs/module/command";
import { type Command, InvalidArgumentError } from "commander";
import { importUsers } from "../imports/import-users";

type Options = { mapRole: Record<string, Role>; defaultRole?: Role; dryRun: boolean; json: boolean };

export function addUserImport(program: Command, context: CommandContext): void {
  addCommand(program, "user:import", {
    summary: "take people over from another system: id, name, email, password hash (bcrypt or argon2id), role",
    examples: [
      ["user:import users.csv --default-role commercial --dry-run", "say what would happen"],
      ["user:import users.csv --map-role admin=administrateur --map-role vendeur=commercial", "roles by other names"],
    ],
  })
    .argument("<file>", ".csv with a header line, or .jsonl; all of it is taken over, or nothing")
    .option("--map-role <old=new>", "a role of the file, and ours for it; repeat for several", mapRole, {})
    .option("--default-role <role>", `role of rows that name none: ${BUILT_IN_ROLES.join(", ")}, or one of yours`)
    .option("--dry-run", "check everything, write nothing", false)
    .action(async (file: string, { mapRole: roles, defaultRole, dryRun, json }: Options) => {
      const records = await readRecords(resolveCallerPath(file), context.complain);
      const report = await withDatabase(context, (database) =>
        importUsers({ database }, CLI_ACTOR, records, { roles, defaultRole, dryRun }),
      );
      printImport(context, report, { what: "people", dryRun, json });
    });
}

function mapRole(pair: string, before: Record<string, Role>): Record<string, Role> {
  const at = pair.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("It has to be old=new.");
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}
