import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { createBaseEnvironment, spawnEnvironment } from "../tooling/src/supervisor/service";

export type Floor = { port: number; child: ChildProcess; stop(): Promise<void> };

/**
 * Runs a floor in a process of its own, as the product's are, with the same Node. It reports its port when it listens, and ends
 * with this process.
 * @param file below `bench/floors`, or an absolute path
 */
export async function startFloor(file: string, env: Readonly<Record<string, string>>): Promise<Floor> {
  const path = isAbsolute(file) ? file : fileURLToPath(new URL(`./floors/${file}`, import.meta.url));
  const child = spawn(process.execPath, [...(path.endsWith(".ts") ? ["--import", "tsx"] : []), path], {
    env: spawnEnvironment({ ...createBaseEnvironment(), NODE_ENV: "production", ...env }),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const told = once(child, "message").then(([message]) => (message as { port: number }).port);
  const port = await Promise.race([
    told,
    ended.then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready`);
    }),
  ]);
  return {
    port,
    child,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Reports to the parent process that a floor is ready, and ends the floor with its parent. */
export function reportReady(port: number): void {
  process.on("disconnect", () => process.exit());
  process.send?.({ port });
}
