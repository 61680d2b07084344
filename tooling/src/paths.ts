import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The repository's top folder, and in the image of the command line the folder of its programs, without a trailing slash.
 * It holds the migrations, however deep in it this module lies: bundles put it into files of their own.
 */
export const ROOT = folderWith(join("prisma", "migrations"), import.meta.dirname);

function folderWith(path: string, start: string): string {
  if (existsSync(join(start, path))) return start;
  const above = dirname(start);
  if (above === start) throw new Error(`no folder above ${import.meta.dirname} has ${path}`);
  return folderWith(path, above);
}
