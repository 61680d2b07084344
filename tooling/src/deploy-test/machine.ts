import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTS } from "./authority";
import { type CommandOptions, createToolEnvironment, runCommand, waitUntil } from "./command";
import { copyTree, makeDebian } from "./debian";
import { endChild, type Network } from "./network";

const BOOT_TIMEOUT_MS = 120_000;
/** Packages that Debian's installer leaves on a server, without those of the guide. */
const PACKAGES = [
  "systemd",
  "systemd-sysv",
  "dbus",
  "sudo",
  "ca-certificates",
  "openssl",
  "openssh-server",
  "locales-all",
];
/** Its administrator, who may use sudo. */
const ADMINISTRATOR = "admin";

/** A booted Debian 12. Its network is one of ours; everything else is its own. */
export type Machine = {
  /** Its root folder, as this machine sees it. */
  readonly root: string;
  /** Runs shell commands as its administrator. `terminal` gives them a terminal, for programs that prompt. */
  type(commands: string, options?: CommandOptions & { terminal?: boolean }): Promise<string>;
  close(): Promise<void>;
};

/** Boots a machine. @param repository a bare repository, which the server clones as if from the address in the guides */
export async function bootMachine(folder: string, network: Network, repository: string): Promise<Machine> {
  const [pristine, root] = [join(folder, "server"), join(folder, "server-running")];
  await makeDebian(pristine, "bookworm", PACKAGES, false);
  await copyTree(pristine, root);
  prepare(root);
  const settings = ["--quiet", "--register=no", "--keep-unit", "--console=read-only", "--resolv-conf=replace-host"];
  const where = ["--directory", root, "--machine=mgs-deploy-test", `--network-namespace-path=${network.path}`];
  const nspawn = spawn("systemd-nspawn", ["--boot", ...settings, ...where, `--bind-ro=${repository}:/srv/repository`], {
    env: { ...createToolEnvironment(), NODE_ENV: "production" },
    stdio: "ignore",
  });
  // Commands enter the namespaces of the machine's first process.
  const leader = () =>
    readFileSync(`/proc/${nspawn.pid}/task/${nspawn.pid}/children`, "utf8").trim().split(" ")[0] ?? "";
  const enter = () => ["nsenter", `--target=${leader()}`, "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];
  const inside = (argv: readonly string[], options: CommandOptions = {}) =>
    runCommand([...enter(), "--wdns=/", ...argv], options);
  const close = () => endChild(nspawn, "SIGTERM");
  try {
    await waitUntil("the server's boot", BOOT_TIMEOUT_MS, async () =>
      /running|degraded/.test(await inside(["systemctl", "is-system-running"], { also: [1] })),
    );
    await inside(["useradd", "--create-home", "--shell", "/bin/bash", ADMINISTRATOR]);
  } catch (error) {
    await close();
    throw error;
  }
  const session = [`HOME=/home/${ADMINISTRATOR}`, `USER=${ADMINISTRATOR}`, "LANG=C.UTF-8", "TERM=dumb"];
  const path = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
  return {
    root,
    close,
    type(commands, { terminal = false, ...options } = {}) {
      const script = `set -euo pipefail\ncd\n${commands}`;
      const shell = ["runuser", "-u", ADMINISTRATOR, "--", "env", "-i", ...session, path];
      const quoted = `bash -c '${script.replaceAll("'", `'\\''`)}'`;
      const program = terminal
        ? ["script", "--quiet", "--return", "--command", quoted, "/dev/null"]
        : ["setsid", "--wait", "bash", "-c", script];
      return inside([...shell, ...program], options);
    },
  };
}

/** Prepares a server as it is before the guide: a name, a resolver, an administrator who may use sudo. */
function prepare(root: string): void {
  writeFileSync(join(root, "etc/hostname"), "server\n");
  // The company's DNS resolves the four names to this server.
  appendFileSync(join(root, "etc/hosts"), `127.0.1.1 server\n127.0.0.1 ${HOSTS.join(" ")}\n`);
  writeFileSync(join(root, "etc/sudoers.d/admin"), `${ADMINISTRATOR} ALL=(ALL:ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
  const instead = `[url "file:///srv/repository"]\n\tinsteadOf = https://git.example.com/mgs-multi-sites.git\n[safe]\n\tdirectory = *\n`;
  writeFileSync(join(root, "etc/gitconfig"), instead);
}
