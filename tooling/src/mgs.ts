import { generateClient } from "./build";
import { openCommandDatabase } from "./command-database";
import { startGuard } from "./supervisor/guard";
import { fail, ignoreClosedOutput } from "./terminal";

const guard = startGuard();

async function main(): Promise<number> {
  try {
    await generateClient({ guard });
    // Imports the generated client, which exists from here on.
    const { runCommandLine } = await import("./command-line");
    return await runCommandLine(process.argv.slice(2), (settings, migrated) =>
      openCommandDatabase(settings, guard, migrated),
    );
  } catch (error) {
    fail(error);
    return 1;
  } finally {
    await guard.release();
  }
}

ignoreClosedOutput();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) {
  // The guard ends what was started.
  process.on(signal, () => process.exit(130));
}
process.exitCode = await main();
// The channel to the parent process must not keep this one alive.
process.channel?.unref();
