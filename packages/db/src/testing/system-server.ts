import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, globSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import { withClient } from "../migrations";

/** Debian's server, of the same version as the pg_dump beside it; the embedded one has no pg_dump. */
export const SYSTEM_SERVER = globSync("/usr/lib/postgresql/*/bin/postgres")[0];

const isRoot = process.getuid?.() === 0;

/** Starts a server of the system on a free port. @returns the URL of its database `postgres`, for a superuser */
export async function startSystemServer(server: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-pg-dump-"));
  const data = join(folder, "data");
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", isRoot ? [flag, "postgres"] : [flag])));
  if (uid === undefined || gid === undefined) throw new Error("no user for PostgreSQL");
  chmodSync(folder, 0o711);
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) chownSync(data, uid, gid);
  const as = { uid, gid, cwd: data };
  execFileSync(
    join(dirname(server), "initdb"),
    ["-D", data, "-U", "mgs", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    as,
  );
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const address = free.address();
  const port = typeof address === "object" && address ? address.port : 0;
  free.close();
  await once(free, "close");
  const options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"].flatMap((one) => ["-c", one]);
  const child = spawn(server, ["-D", data, "-p", String(port), ...options], { ...as, stdio: "ignore" });
  const stop = async () => {
    const exited = once(child, "exit");
    child.kill("SIGINT");
    await exited;
    await rm(folder, { recursive: true });
  };
  const url = `postgresql://mgs:unused@127.0.0.1:${port}/postgres`;
  await vi.waitFor(() => withClient(url, (client) => client.query("SELECT 1")), { timeout: 60_000 });
  return { url, stop };
}
