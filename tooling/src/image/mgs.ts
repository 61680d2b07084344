// The command line in its image: against the company's servers, with nothing to build, start or write.
import { runCommandLine } from "../command-line";
import { openCompanyDatabase } from "../company-database";
import { ignoreClosedOutput } from "../terminal";

ignoreClosedOutput();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
process.exitCode = await runCommandLine(process.argv.slice(2), openCompanyDatabase);
