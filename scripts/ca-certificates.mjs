// Passes the company's own certificate authorities to every Node process. Node reads the variable once, when it starts, so a
// `.env` that is read later comes too late. This file is plain JavaScript, because it runs before the installation.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NAME = "NODE_EXTRA_CA_CERTS";

/**
 * Adds NODE_EXTRA_CA_CERTS of the `.env` in `folder` to `environment`, unless it has one.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} folder
 * @returns {Record<string, string | undefined>}
 */
export function withAuthorities(environment, folder) {
  const file = join(folder, ".env");
  if (environment[NAME] || !existsSync(file)) return { ...environment };
  // Node 18 lacks Node's own parser, so this reads the same syntax: `export`, quotes, and comments after unquoted values.
  const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${NAME}[ \\t]*=[ \\t]*(.*)$`, "gm");
  const value = [...readFileSync(file, "utf8").matchAll(line)].at(-1)?.[1]?.trim() ?? "";
  const path = /^(["'`])(.*)\1/.exec(value)?.[2] ?? value.replace(/\s*#.*$/, "");
  return path === "" ? { ...environment } : { ...environment, [NAME]: path };
}
