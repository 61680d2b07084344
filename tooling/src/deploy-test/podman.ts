import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandOptions, environmentOfTools, runCommand } from "./command";
import type { Network } from "./network";

/** Containers and images of this test alone: another storage than the machine's own. */
export type Podman = {
  readonly folder: string;
  podman(args: readonly string[], options?: CommandOptions): Promise<string>;
  buildah(args: readonly string[], options?: CommandOptions): Promise<string>;
};

/** Processes of a container; podman's own default is more than some machines give to root. */
const MAX_PROCESSES = 4_096;

/**
 * Limits of a container, in podman's options.
 * @param maxOpenFiles as many as this machine gives, when that is less
 */
export function limitsOf(maxOpenFiles = Number.POSITIVE_INFINITY): string[] {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const given = Number(/^Max open files\s+\w+\s+(\d+)/m.exec(limits)?.[1] ?? 1_024);
  const files = Math.min(maxOpenFiles, given);
  return ["--ulimit", `nofile=${files}:${files}`, "--ulimit", `nproc=${MAX_PROCESSES}:${MAX_PROCESSES}`];
}

export function openPodman(folder: string, network: Network): Podman {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, "containers.conf");
  // Without systemd on this machine: no cgroups of its, no journal. Bridges are made in our own network.
  writeFileSync(
    configuration,
    [
      "[containers]",
      'log_driver = "k8s-file"',
      "[engine]",
      // crun refuses machines that have control groups of both versions.
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
    ...environmentOfTools(),
    CONTAINERS_CONF: configuration,
    // Healthchecks are run by us, as nobody has timers here.
    DISABLE_HC_SYSTEMD: "true",
  };
  const call =
    (program: string, prefix: readonly string[]) =>
    (args: readonly string[], options: CommandOptions = {}) =>
      runCommand([...prefix, program, ...storage, ...args], { ...options, env });
  return { folder, podman: call("podman", network.inside), buildah: call("buildah", []) };
}

/** Podman refuses a folder of more than 50 characters here, and remembers the one that a storage began with. */
export function runRoot(folder: string): string {
  return join("/run/mgs-deploy-test", createHash("sha256").update(folder).digest("hex").slice(0, 12));
}
