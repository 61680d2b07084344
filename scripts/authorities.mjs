// The company's own certificate authorities, for every Node that is started here. Node reads the variable once, when it
// begins: a `.env` that is read later comes too late. Plain JavaScript: it runs before anything is installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NAME = "NODE_EXTRA_CA_CERTS";

/**
 * `environment` with NODE_EXTRA_CA_CERTS of the `.env` in `folder`, where it does not have one itself.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} folder
 * @returns {Record<string, string | undefined>}
 */
export function withAuthorities(environment, folder) {
  const file = join(folder, ".env");
  if (environment[NAME] || !existsSync(file)) return { ...environment };
  // As Node's own parser reads it, which Node 18 does not have: `export`, quotes, and a comment behind a value without.
  const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${NAME}[ \\t]*=[ \\t]*(.*)$`, "gm");
  const value = [...readFileSync(file, "utf8").matchAll(line)].at(-1)?.[1]?.trim() ?? "";
  const path = /^(["'`])(.*)\1/.exec(value)?.[2] ?? value.replace(/\s*#.*$/, "");
  return path === "" ? { ...environment } : { ...environment, [NAME]: path };
}
