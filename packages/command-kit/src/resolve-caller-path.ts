import { resolve } from "node:path";

/**
 * Resolves the name of a file that a person typed, from the folder where that person is: npm runs the command line in the
 * project's folder, and keeps the person's own in INIT_CWD.
 */
export function resolveCallerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? ".", path);
}
