import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";
import { runCommand } from "./command";

const AUTHOR_OPTIONS = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];

/** A repository to clone, with the current files of this checkout. */
export type Repository = {
  readonly folder: string;
  /** Adds a version with a further migration, as the next release may have. Resolves to the migration's name. */
  addVersion(): Promise<string>;
};

export async function makeRepository(folder: string): Promise<Repository> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) => runCommand(["git", ...AUTHOR_OPTIONS, "-C", folder, ...args]);
  await git("init", "--quiet", "--initial-branch=main");
  const files = await runCommand(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  await runCommand(
    [
      "sh",
      "-c",
      `tar --create --null --files-from=- --ignore-failed-read | tar --extract --directory="$1"`,
      "sh",
      folder,
    ],
    {
      cwd: ROOT,
      input: files,
    },
  );
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "version one");
  return {
    folder,
    async addVersion() {
      const name = "29990101000000_next_version";
      const migration = join(folder, "prisma/migrations", name);
      mkdirSync(migration);
      writeFileSync(join(migration, "migration.sql"), 'CREATE TABLE "next_version" ("id" INTEGER PRIMARY KEY);\n');
      writeFileSync(join(migration, "down.sql"), 'DROP TABLE "next_version";\n');
      await git("add", "--all");
      await git("commit", "--quiet", "--message", "version two");
      return name;
    },
  };
}
