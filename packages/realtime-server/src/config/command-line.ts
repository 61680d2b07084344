import { parseArgs } from "node:util";

export type Command = {
  kind: "run" | "check" | "help" | "version";
  configFile: string | undefined;
};

export const USAGE = `mgs-realtime: a server of the Pusher Channels protocol

Usage: mgs-realtime [start] [options]

  --config <file>  configuration file (JSON); also REALTIME_CONFIG
  --check          say what is in force, secrets masked, and what is wrong; start nothing
  --version        print the version
  --help           print this text

Without a file: PUSHER_APP_ID, PUSHER_APP_KEY and PUSHER_APP_SECRET name the app, REALTIME_PORT (6001) the port.
Variables of Soketi (SOKETI_*) are understood where they mean the same.
`;

/** @throws Error that names the mistake in the arguments */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    // Commands of Soketi and laravel-echo-server have the word "start".
    args: args[0] === "start" ? args.slice(1) : [...args],
    options: {
      config: { type: "string" },
      check: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    allowPositionals: true,
  });
  if (positionals[0] !== undefined) throw new Error(`Unknown command '${positionals[0]}'`);
  const kind = values.help ? "help" : values.version ? "version" : values.check ? "check" : "run";
  return { kind, configFile: values.config };
}
