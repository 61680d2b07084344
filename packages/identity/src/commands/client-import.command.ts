import { addCommand } from "@mgs/command-kit/add-command";
import { printImport } from "@mgs/command-kit/print-import";
import { readRecords } from "@mgs/command-kit/read-records";
import { resolveCallerPath } from "@mgs/command-kit/resolve-caller-path";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { isScope, SCOPES, type Scope } from "@mgs/core/scopes";
import type { CommandContext } from "@mgs/module/command";
import { type Command, InvalidArgumentError } from "commander";
import { importClients } from "../imports/import-clients";

type Options = { machineScope: Scope[]; webScope: Scope[]; dryRun: boolean; json: boolean };

export function addClientImport(program: Command, context: CommandContext): void {
  addCommand(program, "client:import", {
    summary: "take OAuth clients over from Laravel Passport (oauth_clients): same ids, secrets and redirect URIs",
    examples: [
      ["client:import oauth_clients.csv --dry-run", "say what would happen"],
      ["client:import oauth_clients.csv --machine-scope notifications:send", "programs may send"],
    ],
  })
    .argument("<file>", ".csv with a header line, or .jsonl; all of it is taken over, or nothing")
    .option("--machine-scope <scope>", `what programs may do; repeat for several: ${SCOPES.join(", ")}`, scope, [])
    .option(
      "--web-scope <scope>",
      "what applications may ask people for; repeat for several (default: every scope)",
      scope,
      [],
    )
    .option("--dry-run", "check everything, write nothing", false)
    .action(async (file: string, { machineScope, webScope, dryRun, json }: Options) => {
      const records = await readRecords(resolveCallerPath(file), context.complain);
      const report = await withDatabase(context, (database) =>
        importClients({ database }, CLI_ACTOR, records, { machineScopes: machineScope, webScopes: webScope, dryRun }),
      );
      printImport(context, report, { what: "clients", dryRun, json });
    });
}

function scope(name: string, before: Scope[]): Scope[] {
  if (!isScope(name)) throw new InvalidArgumentError(`Scopes are: ${SCOPES.join(", ")}.`);
  return [...new Set([...before, name])];
}
