import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandOptions, createToolEnvironment, runCommand } from "./command";
import type { Network } from "./network";

/** Podman with a storage of its own, so that this test's containers and images are apart from the machine's. */
export type Podman = {
  readonly folder: string;
  podman(args: readonly string[], options?: CommandOptions): Promise<string>;
  buildah(args: readonly string[], options?: CommandOptions): Promise<string>;
};

/** Most processes of a container; podman's default is more than some machines allow root. */
const MAX_PROCESS_COUNT = 4_096;

/**
 * Lists podman's options for the limits of a container.
 * @param maxOpenFiles the machine's own limit, when that is lower
 */
export function listLimitOptions(maxOpenFiles = Number.POSITIVE_INFINITY): string[] {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const given = Number(/^Max open files\s+\w+\s+(\d+)/m.exec(limits)?.[1] ?? 1_024);
  const files = Math.min(maxOpenFiles, given);
  return ["--ulimit", `nofile=${files}:${files}`, "--ulimit", `nproc=${MAX_PROCESS_COUNT}:${MAX_PROCESS_COUNT}`];
}

export function openPodman(folder: string, network: Network): Podman {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "containers.conf");
  // The machine may lack systemd, so podman uses neither its cgroups nor its journal. It makes bridges in the test's network.
  writeFileSync(
    configuration,
    [
      "[containers]",
      'log_driver = "k8s-file"',
      "[engine]",
      // crun refuses machines with control groups of both versions.
      'runtime = "runc"',
      'cgroup_manager = "cgroupfs"',
      'events_logger = "file"',
      "[network]",
      'network_backend = "netavark"',
      `network_config_dir = "${join(folder, "networks")}"`,
      "",
    ].join("\n"),
  );
  const storage = ["--root", join(folder, "storage"), "--runroot", runRoot(folder), "--storage-driver", "overlay"];
  const env = {
    ...createToolEnvironment(),
    CONTAINERS_CONF: configuration,
    // The test runs the healthchecks, because podman needs systemd's timers for them.
    DISABLE_HC_SYSTEMD: "true",
  };
  const call =
    (program: string, prefix: readonly string[]) =>
    (args: readonly string[], options: CommandOptions = {}) =>
      runCommand([...prefix, program, ...storage, ...args], { ...options, env });
  return { folder, podman: call("podman", network.inside), buildah: call("buildah", []) };
}

/** Makes a short folder: podman refuses one of more than 50 characters, and a storage keeps the one that it began with. */
export function runRoot(folder: string): string {
  return join("/run/mgs-deploy-test", createHash("sha256").update(folder).digest("hex").slice(0, 12));
}
