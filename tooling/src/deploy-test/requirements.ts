import { existsSync, readFileSync } from "node:fs";
import { findExecutable } from "../services/executables";
import { createInstallCommands, runQuietly } from "../services/redis-install";
import { findBrowser } from "../testing/browser";

/** Debian's packages that this test uses, by a program of each. */
const PROGRAMS: Readonly<Record<string, string>> = {
  buildah: "buildah",
  podman: "podman",
  runc: "runc",
  netavark: "/usr/lib/podman/netavark",
  "aardvark-dns": "/usr/lib/podman/aardvark-dns",
  catatonit: "catatonit",
  slirp4netns: "slirp4netns",
  debootstrap: "debootstrap",
  "systemd-container": "systemd-nspawn",
  iproute2: "ip",
  iptables: "iptables",
  nginx: "nginx",
  openssl: "openssl",
  curl: "curl",
  git: "git",
  npm: "npm",
};

/** Finds the reason why this test cannot run on this machine; null when it can. */
export function findReasonToSkip(): string | null {
  if (process.platform !== "linux") return `it needs Debian, and this is ${process.platform}`;
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release))
    return "it needs Debian: it installs and makes everything by apt";
  if (process.getuid?.() !== 0) return "it needs root: it boots a server and makes networks";
  if (!readFileSync("/proc/filesystems", "utf8").includes("overlay")) return "this kernel has no overlay file system";
  if (!existsSync("/dev/net/tun")) return "this machine has no /dev/net/tun, over which its networks reach the outside";
  return null;
}

/** Installs missing packages without starting their services. Resolves to their names. */
export async function installPrograms(): Promise<string[]> {
  const there = (program: string) =>
    program.startsWith("/") ? existsSync(program) : findExecutable([program]) !== null;
  const missing = Object.entries(PROGRAMS).flatMap(([name, program]) => (there(program) ? [] : [name]));
  if (findBrowser() === null) missing.push("chromium");
  if (missing.length === 0) return [];
  for (const { command, args } of await createInstallCommands({ debian: missing, brew: [] }))
    await runQuietly(command, args);
  return missing;
}
