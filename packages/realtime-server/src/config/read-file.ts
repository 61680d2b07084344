import { readFileSync } from "node:fs";
import type { Environment } from "@mgs/core/environment";
import { type ConfigFile, fileSchema } from "./file-schema";
import { isEchoServerFile, readEchoServerFile } from "./laravel-echo-server";

export type FileResult = { file: ConfigFile; problems: readonly string[]; warnings: readonly string[] };

/**
 * Reads and checks the configuration file: one of this server, or `laravel-echo-server.json` as it is.
 * @param environment variables of laravel-echo-server in it override its file
 */
export function readConfigFile(path: string, environment: Environment): FileResult {
  const parsed = parseJson(path);
  if (parsed.problem !== undefined) return { file: {}, problems: [`${path}: ${parsed.problem}`], warnings: [] };
  const { value } = parsed;
  const { file, warnings } = isEchoServerFile(value)
    ? readEchoServerFile(value, environment, (id) => id === environment.PUSHER_APP_ID)
    : { file: value, warnings: [] };
  const result = fileSchema.safeParse(file);
  if (result.success) return { file: result.data, problems: [], warnings };
  const problems = result.error.issues.map((issue) => `${path}: ${issue.path.join(".") || "file"}: ${issue.message}`);
  return { file: {}, problems, warnings };
}

/** Names the place of a mistake alone: a parser's own message may quote the file, and with it a secret. */
function parseJson(path: string): { value: unknown; problem?: undefined } | { problem: string } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { problem: `cannot be read (${error instanceof Error && "code" in error ? error.code : "error"})` };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const place = /\(line \d+ column \d+\)|at position \d+/.exec(error instanceof Error ? error.message : "")?.[0];
    return { problem: `is no JSON${place === undefined ? "" : ` ${place}`}` };
  }
}
