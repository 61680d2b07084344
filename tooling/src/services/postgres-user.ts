import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs PostgreSQL's programs; it refuses to run as root. */
export type PostgresUser = {
  uid?: number;
  gid?: number;
  /** The command line by which this user runs a program. */
  wrap(command: string, args: readonly string[]): { command: string; args: readonly string[] };
};

const direct: PostgresUser["wrap"] = (command, args) => ({ command, args });

/**
 * Ourselves, or for root the system's user `postgres` (created when missing, `nobody` when it cannot be).
 * @param probe a program of PostgreSQL
 * @param parent folder that will hold the data: when that user cannot reach it or the program, because they lie in
 *   root's home, it gets the one capability to pass through closed folders
 */
export async function postgresUser(probe: string, parent: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { wrap: direct };
  const ids = (await idsOf("postgres")) ?? (await createUser()) ?? (await idsOf("nobody"));
  if (!ids) throw new Error("PostgreSQL refuses to run as root, and no other user exists: start as another user");
  const reaches = ["-c", '"$0" --version && test -x "$1"', probe, parent];
  if (await works(() => run("/bin/sh", reaches, { ...ids, cwd: "/" }))) return { ...ids, wrap: direct };
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
  if (await works(() => run(probing.command, probing.args, { cwd: "/" }))) return { wrap };
  throw new Error(
    "PostgreSQL refuses to run as root, and its other user cannot reach this folder: " +
      "move the repository out of root's home, or start as another user",
  );
}

/** Owner of the data folder when it is not ourselves. */
export async function postgresOwner(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  return (await idsOf("postgres")) ?? (await idsOf("nobody"));
}

async function createUser(): Promise<{ uid: number; gid: number } | null> {
  await works(() => run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]));
  return idsOf("postgres");
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function works(attempt: () => Promise<unknown>): Promise<boolean> {
  return attempt().then(
    () => true,
    () => false,
  );
}
