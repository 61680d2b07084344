import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../paths";
import { say } from "../terminal";
import { createToolEnvironment } from "./command";
import type { Mailbox } from "./mailbox";
import type { Network } from "./network";
import type { Visit } from "./visit";

/**
 * Signs a person in through nginx, sends them a notification, and checks that a toast appears and a mail arrives.
 * @param send sends a notification with the visit's titre
 */
export async function signInAndReceive(
  network: Network,
  mailbox: Mailbox,
  visit: Visit,
  send: () => Promise<void>,
): Promise<void> {
  const script = join(ROOT, "tooling/src/deploy-test/visit.ts");
  const [command = "", ...enter] = network.inside;
  const child = spawn(command, [...enter, process.execPath, "--import", "tsx", script, JSON.stringify(visit)], {
    cwd: ROOT,
    env: { ...createToolEnvironment(), NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes("listening\n")) resolve();
      });
    }
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await Promise.race([listening, ended]);
  child.stdin.on("error", () => undefined);
  if (child.exitCode === null) await send();
  child.stdin.end("sent\n");
  const code = await ended;
  if (code !== 0) throw new Error(`the visit ended with exit code ${code}:\n${output}`);
  await mailbox.received(visit.titre);
  say(
    `  signed in through nginx; "${visit.titre}": toast in commercial, mail, and gestion-dossier without a second sign-in`,
  );
}
