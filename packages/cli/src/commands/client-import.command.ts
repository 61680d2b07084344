import { isScope, SCOPES, type Scope } from "@mgs/core/scopes";
import { importClients } from "@mgs/identity/imports/import-clients";
import { type Command, InvalidArgumentError } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { fileOfCaller } from "../env";
import { printImport } from "../print-import";
import { readRecords } from "../read-records";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

type Options = { machineScope: Scope[]; webScope: Scope[]; dryRun: boolean; json: boolean };

export function addClientImport(program: Command, context: CliContext): void {
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
      const records = await readRecords(fileOfCaller(file), context.complain);
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
