import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The user that runs PostgreSQL's programs, since PostgreSQL refuses to run as root. */
export type PostgresUser = {
  uid?: number;
  gid?: number;
  /** Makes the command line by which this user runs a program. */
  wrap(command: string, args: readonly string[]): { command: string; args: readonly string[] };
};

const direct: PostgresUser["wrap"] = (command, args) => ({ command, args });

/**
 * Finds the current user, or for root the system's user `postgres` (created when missing, else `nobody`).
 * @param probe a program of PostgreSQL
 * @param parent folder that will hold the data: when that user cannot reach it or the program, because they lie in
 *   root's home, it gets the one capability to pass through closed folders
 */
export async function findPostgresUser(probe: string, parent: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { wrap: direct };
  const ids = (await readIds("postgres")) ?? (await createUser()) ?? (await readIds("nobody"));
  if (!ids) throw new Error("PostgreSQL refuses to run as root, and no other user exists: start as another user");
  const reaches = ["-c", '"$0" --version && test -x "$1"', probe, parent];
  if (await succeeds(() => run("/bin/sh", reaches, { ...ids, cwd: "/" }))) return { ...ids, wrap: direct };
  const wrap: PostgresUser["wrap"] = (command, args) => ({
    command: "setpriv",
    args: [
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      "--clear-groups",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
      command,
      ...args,
    ],
  });
  const probing = wrap("/bin/sh", reaches);
  if (await succeeds(() => run(probing.command, probing.args, { cwd: "/" }))) return { wrap };
  throw new Error(
    "PostgreSQL refuses to run as root, and its other user cannot reach this folder: " +
      "move the repository out of root's home, or start as another user",
  );
}

/** Finds the owner of the data folder; null when it is the current user. */
export async function findPostgresOwner(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  return (await readIds("postgres")) ?? (await readIds("nobody"));
}

async function createUser(): Promise<{ uid: number; gid: number } | null> {
  await succeeds(() => run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]));
  return readIds("postgres");
}

async function readIds(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function succeeds(attempt: () => Promise<unknown>): Promise<boolean> {
  return attempt().then(
    () => true,
    () => false,
  );
}
