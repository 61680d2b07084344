import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Environment } from "@mgs/core/environment";

export type Command = {
  kind: "run" | "check" | "help" | "version";
  configFile: string | undefined;
};

/** The file that `laravel-echo-server start` reads in its folder. */
const ECHO_SERVER_FILE = "laravel-echo-server.json";

export const USAGE = `mgs-realtime: a server of the Pusher Channels protocol, and of Socket.IO for laravel-echo

Usage: mgs-realtime [start] [options]

  --config <file>  configuration file (JSON); also REALTIME_CONFIG
  --dir <folder>   folder of laravel-echo-server.json
  --check          say what is in force, secrets masked, and what is wrong; start nothing
  --version        print the version
  --help           print this text

Without a file: PUSHER_APP_ID, PUSHER_APP_KEY and PUSHER_APP_SECRET name the app, REALTIME_PORT (6001) the port.
Variables of Soketi (SOKETI_*) are understood where they mean the same. \`start\` in a folder with laravel-echo-server.json reads that
file as it is.
`;

/**
 * @param folder where `start` looks for the file of laravel-echo-server
 * @param environment a `REALTIME_CONFIG` in it keeps `start` from looking
 * @throws Error that names the mistake in the arguments
 */
export function parseCommandLine(
  args: readonly string[],
  folder = process.cwd(),
  environment: Environment = {},
): Command {
  // Commands of Soketi and laravel-echo-server have the word "start".
  const isStart = args[0] === "start";
  const { values, positionals } = parseArgs({
    args: isStart ? args.slice(1) : [...args],
    options: {
      config: { type: "string" },
      // Of laravel-echo-server: the folder of its file.
      dir: { type: "string" },
      check: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    allowPositionals: true,
  });
  if (positionals[0] !== undefined) throw new Error(`Unknown command '${positionals[0]}'`);
  const kind = values.help ? "help" : values.version ? "version" : values.check ? "check" : "run";
  const given = values.dir === undefined ? values.config : join(values.dir, values.config ?? ECHO_SERVER_FILE);
  // An empty variable counts as unset.
  const mayLook = isStart && !environment.REALTIME_CONFIG;
  return { kind, configFile: given ?? (mayLook ? findEchoServerFile(folder) : undefined) };
}

function findEchoServerFile(folder: string): string | undefined {
  const path = join(folder, ECHO_SERVER_FILE);
  return existsSync(path) ? path : undefined;
}
