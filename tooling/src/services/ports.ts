import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The process that listens on a port; fields are null when the system hides it (another user's process). */
export type PortHolder = { pid: number | null; command: string | null };

/** Finds different free ports, which the system chooses. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0, "127.0.0.1")));
  const ports = servers.map((server) => {
    const address = server?.address();
    if (!address || typeof address === "string") throw new Error("the system gave no port");
    return address.port;
  });
  await Promise.all(servers.map((server) => server && close(server)));
  return ports;
}

/** Finds `count` consecutive free ports, from a random place below the system's ephemeral range. @returns the first */
export async function findFreePortRange(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = 10_000 + Math.floor(Math.random() * 2_000) * 10;
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isPortFree(base + index)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`found no ${count} consecutive free ports`);
}

/** Tells whether a process can listen on the port, on every interface as well as on the loopback alone. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::"]) {
    const server = await listen(port, host);
    if (!server) return false;
    if (server !== "unsupported") await close(server);
  }
  return true;
}

/** Finds the process that listens on a TCP port, from /proc on Linux and with `lsof` elsewhere. */
export async function findPortHolder(port: number): Promise<PortHolder> {
  return (process.platform === "linux" ? await readHolderFromProc(port) : null) ?? (await readHolderFromLsof(port));
}

type Listening = Server | null | "unsupported";

function listen(port: 0, host: string): Promise<Server | null>;
function listen(port: number, host: string): Promise<Listening>;
function listen(port: number, host: string): Promise<Listening> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT" ? "unsupported" : null);
    });
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

const TCP_LISTEN_STATE = "0A";

async function readHolderFromProc(port: number): Promise<PortHolder | null> {
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const text = await readFile(table, "utf8").catch(() => "");
    for (const line of text.split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (!local || !inode || state !== TCP_LISTEN_STATE) continue;
      if (Number.parseInt(local.split(":")[1] ?? "", 16) === port) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const descriptors = await readdir(`/proc/${entry}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${entry}/fd/${descriptor}`).catch(() => "");
      if (!inodes.has(target)) continue;
      const command = (await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "")).split("\0").join(" ").trim();
      return { pid: Number(entry), command: command || null };
    }
  }
  return { pid: null, command: null };
}

async function readHolderFromLsof(port: number): Promise<PortHolder> {
  const nobody: PortHolder = { pid: null, command: null };
  const listing = await run("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fp"]).catch(() => null);
  const pid = Number(/^p(\d+)$/m.exec(listing?.stdout ?? "")?.[1] ?? Number.NaN);
  if (Number.isNaN(pid)) return nobody;
  const title = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => null);
  return { pid, command: title?.stdout.trim() || null };
}
