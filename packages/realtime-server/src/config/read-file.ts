import { readFileSync } from "node:fs";
import { type ConfigFile, fileSchema } from "./file-schema";

export type FileResult = { file: ConfigFile; problems: readonly string[] };

/** Reads and checks the configuration file. */
export function readConfigFile(path: string): FileResult {
  const parsed = parseJson(path);
  if (parsed.problem !== undefined) return { file: {}, problems: [`${path}: ${parsed.problem}`] };
  const result = fileSchema.safeParse(parsed.value);
  if (result.success) return { file: result.data, problems: [] };
  const problems = result.error.issues.map((issue) => `${path}: ${issue.path.join(".") || "file"}: ${issue.message}`);
  return { file: {}, problems };
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
