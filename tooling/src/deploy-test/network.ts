import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createToolEnvironment, runCommand, waitUntil } from "./command";

/** A network namespace: its loopback is not the machine's, and a program forwards its traffic to the outside. */
export type Network = {
  /** `nsenter` and its arguments, to be followed by a command. */
  readonly inside: readonly string[];
  /** For `systemd-nspawn --network-namespace-path`. */
  readonly path: string;
  close(): Promise<void>;
};

/** slirp4netns gives it this address. */
export const OWN_ADDRESS = "10.0.2.100";

/** Makes a network namespace. It changes nothing on the machine's own network, and takes no port of it. */
export async function createNetwork(name: string): Promise<Network> {
  const path = `/run/netns/${name}`;
  const inside = ["nsenter", `--net=${path}`];
  await runCommand(["ip", "netns", "delete", name], { also: [1] });
  await runCommand(["ip", "netns", "add", name]);
  await runCommand([...inside, "ip", "link", "set", "lo", "up"]);
  const slirp = spawn("slirp4netns", ["--configure", "--mtu=65520", "--netns-type=path", path, "tap0"], {
    env: { ...createToolEnvironment(), NODE_ENV: "production" },
    stdio: "ignore",
  });
  await waitUntil("the network's way out", 30_000, async () =>
    (await runCommand([...inside, "ip", "-4", "addr", "show", "dev", "tap0"])).includes(OWN_ADDRESS),
  );
  return {
    inside,
    path,
    async close() {
      await endChild(slirp);
      await runCommand(["ip", "netns", "delete", name], { also: [1] });
    },
  };
}

/** Ends a child process and waits for its end. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
