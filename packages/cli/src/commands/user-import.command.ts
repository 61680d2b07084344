import { isRole, ROLES, type Role } from "@mgs/core/roles";
import { importUsers } from "@mgs/identity/imports/import-users";
import { type Command, InvalidArgumentError } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { fileOfCaller } from "../env";
import { printImport } from "../print-import";
import { readRecords } from "../read-records";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

type Options = { mapRole: Record<string, Role>; defaultRole?: Role; dryRun: boolean; json: boolean };

export function addUserImport(program: Command, context: CliContext): void {
  addCommand(program, "user:import", {
    summary: "take people over from another system: id, name, email, password hash (bcrypt or argon2id), role",
    examples: [
      ["user:import users.csv --default-role commercial --dry-run", "say what would happen"],
      ["user:import users.csv --map-role admin=administrateur --map-role vendeur=commercial", "roles by other names"],
    ],
  })
    .argument("<file>", ".csv with a header line, or .jsonl; all of it is taken over, or nothing")
    .option("--map-role <old=new>", "a role of the file, and ours for it; repeat for several", mapRole, {})
    .option("--default-role <role>", `role of rows that name none: ${ROLES.join(", ")}`, role)
    .option("--dry-run", "check everything, write nothing", false)
    .action(async (file: string, { mapRole: roles, defaultRole, dryRun, json }: Options) => {
      const records = await readRecords(fileOfCaller(file), context.complain);
      const report = await withDatabase(context, (database) =>
        importUsers({ database }, CLI_ACTOR, records, { roles, defaultRole, dryRun }),
      );
      printImport(context, report, { what: "people", dryRun, json });
    });
}

function role(name: string): Role {
  if (!isRole(name)) throw new InvalidArgumentError(`Roles are: ${ROLES.join(", ")}.`);
  return name;
}

function mapRole(pair: string, before: Record<string, Role>): Record<string, Role> {
  const at = pair.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("It has to be old=new.");
  return { ...before, [pair.slice(0, at)]: role(pair.slice(at + 1)) };
}
