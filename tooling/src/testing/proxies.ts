import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export type RunningProxy = { stop(): Promise<void> };

/**
 * Runs a proxy that stays in the foreground, until it listens on all of `ports`.
 * @throws Error with what it printed when it ends before
 */
export async function startProxy(
  command: readonly string[],
  ports: readonly number[],
  home: string,
): Promise<RunningProxy> {
  const [binary = "", ...args] = command;
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: home } });
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  for (const port of ports) {
    if (!(await listens(port, child))) throw new Error(`the proxy ended with ${child.exitCode}\n${log}`);
  }
  return {
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A proxy listens some time after its start, and says so in no way that all have in common. */
async function listens(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return true;
    await delay(20);
  }
  return false;
}

/** Writes `text` into `folder` and tells how Caddy runs it, with nothing of the system's own configuration. */
export async function caddyCommand(binary: string, folder: string, text: string): Promise<string[]> {
  const file = join(folder, "caddy.conf");
  await writeFile(file, `{\n    admin off\n    auto_https disable_redirects\n    grace_period 1s\n}\n${text}`);
  return [binary, "run", "--adapter", "caddyfile", "--config", file];
}
