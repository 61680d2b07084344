import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { findRedis } from "./redis";

const run = promisify(execFile);

type Command = { command: string; args: readonly string[] };

const INSTALL_HINTS = [
  "  Debian, Ubuntu:  sudo apt-get install redis-server",
  "  Fedora:          sudo dnf install valkey",
  "  macOS:           brew install redis",
  "  anywhere:        set REDIS_URL to a Redis or Valkey that runs already",
].join("\n");

/**
 * Installs Redis when that works without a password, and prints the command first.
 * @returns the server's path
 * @throws Error with the ways to install Redis
 */
export async function installRedis(mayInstall: boolean, say: (line: string) => void): Promise<string> {
  const commands = mayInstall ? await createInstallCommands({ debian: ["redis-server"], brew: ["redis"] }) : [];
  if (commands.length === 0)
    throw new Error(`No redis-server or valkey-server was found. Ways to get one:\n${INSTALL_HINTS}`);
  for (const { command, args } of commands) {
    say(`running: ${command} ${args.join(" ")}`);
    await runQuietly(command, args);
  }
  const installed = findRedis();
  if (!installed) throw new Error(`Redis could not be installed. Ways to get one:\n${INSTALL_HINTS}`);
  return installed;
}

/** Finds the prefix of privileged commands: none for root, `sudo` when it works without a password, else null. */
export async function findPrivilegedPrefix(): Promise<readonly string[] | null> {
  if (process.getuid?.() === 0) return [];
  return (await succeeds("sudo", ["-n", "true"])) ? ["sudo", "-n"] : null;
}

/** Makes the commands that install packages without a password; empty when there are none. They start no service. */
export async function createInstallCommands(packages: {
  debian: readonly string[];
  brew: readonly string[];
}): Promise<Command[]> {
  if (process.platform === "darwin") {
    const canInstall = packages.brew.length > 0 && (await succeeds("brew", ["--version"]));
    return canInstall ? [{ command: "brew", args: ["install", ...packages.brew] }] : [];
  }
  return createDebianInstall(packages.debian);
}

/**
 * Makes the commands that install Debian packages. `policy-rc.d` is Debian's way to forbid that a package starts its service;
 * an existing one belongs to the administrator and stays.
 */
async function createDebianInstall(packages: readonly string[]): Promise<Command[]> {
  const prefix = (await succeeds("apt-get", ["--version"])) ? await findPrivilegedPrefix() : null;
  if (!prefix) return [];
  const script = [
    "policy=/usr/sbin/policy-rc.d",
    'if [ ! -e "$policy" ]; then printf "#!/bin/sh\\nexit 101\\n" > "$policy"; chmod 755 "$policy"; trap \'rm -f "$policy"\' EXIT; fi',
    "export DEBIAN_FRONTEND=noninteractive",
    "apt-get update -q || true",
    `apt-get install -y -q --no-install-recommends ${packages.join(" ")}`,
  ].join("\n");
  const [command = "sh", ...args] = [...prefix, "sh", "-c", script];
  return [{ command, args }];
}

/** Runs a command to its end, and shows its output only when it fails. */
export async function runQuietly(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-5_000);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`${command} failed:\n${output}`);
}

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
