import { startGuard } from "../supervisor/guard";
import { createLogSink } from "../supervisor/log-sink";
import { createSupervisor } from "../supervisor/supervisor";

/** A supervisor with two children, one of them deaf to SIGTERM, that a test kills: it prints their process ids. */
const [folder = "."] = process.argv.slice(2);
const guard = startGuard();
guard.removeAtEnd(folder);
const log = createLogSink(folder, () => {});
const supervisor = createSupervisor({ guard, log, say: console.error });
const programs = {
  gentle: "setInterval(() => {}, 1000)",
  deaf: "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
};
for (const [name, program] of Object.entries(programs)) {
  await supervisor.start({
    name,
    command: process.execPath,
    args: ["-e", `${program}; console.log("up")`],
    cwd: "/",
    env: {},
    tier: "process",
    ready: async () => log.tail(name).includes("up"),
  });
}
process.stdout.write(`${JSON.stringify([...supervisor.processes().values()])}\n`);
