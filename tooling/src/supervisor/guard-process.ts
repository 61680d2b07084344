/**
 * The guard outlives its owner by some seconds: when the owner's end of standard input closes, it ends every process group
 * and removes every folder that the owner has named. It runs on Node's own type stripping, so it imports no file of this
 * repository.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

type Tier = "process" | "server";
type Watched = { signal: NodeJS.Signals; tier: Tier };
type Order = ({ watch: number } & Watched) | { forget: number } | { remove: string } | { keep: string };

/** Processes survive a crash, so after a kill of the owner a quick end matters more than an orderly one. */
const KILL_DELAY_MS = 2_500;
const groups = new Map<number, Watched>();
const folders = new Set<string>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const order: Order = JSON.parse(line);
  if ("watch" in order) groups.set(order.watch, order);
  else if ("forget" in order) groups.delete(order.forget);
  else if ("remove" in order) folders.add(order.remove);
  else folders.delete(order.keep);
});
lines.on("close", async () => {
  // Servers end last, because a process that loses them may wait for them in vain.
  await endTier("process");
  await endTier("server");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
});

async function endTier(tier: Tier): Promise<void> {
  const ours = [...groups].filter(([, watched]) => watched.tier === tier);
  for (const [group, { signal }] of ours) send(group, signal);
  const deadline = Date.now() + KILL_DELAY_MS;
  while (ours.some(([group]) => send(group, 0)) && Date.now() < deadline) await wait(50);
  for (const [group] of ours) send(group, "SIGKILL");
}

/** False when the group is gone. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
