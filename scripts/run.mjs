// Entry of every command: runs on any Node >= 18 without dependencies, installs what is missing, then hands over to
// the pinned Node. Usage: node scripts/run.mjs <start|dev|seed|mgs|realtime|pack-realtime|test|test-long|test-deploy|bench|deploy> [...arguments]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withAuthorities } from "./ca-certificates.mjs";
import { ensureNodeRuns } from "./node-libraries.mjs";
import { step } from "./steps.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COMMANDS = [
  "start",
  "dev",
  "seed",
  "mgs",
  "realtime",
  "pack-realtime",
  "test",
  "test-long",
  "test-deploy",
  "bench",
  "deploy",
];
const STAMP_FILE = join(ROOT, "node_modules", ".mgs-install");
const NODE = join(ROOT, "node_modules", "node", "bin", "node");
const MIN_NODE_VERSION = 18;

const [command = "", ...args] = process.argv.slice(2);
if (!COMMANDS.includes(command)) fail(`usage: node scripts/run.mjs <${COMMANDS.join("|")}> [...arguments]`, 2);
if (Number(process.versions.node.split(".")[0]) < MIN_NODE_VERSION) {
  fail(
    `Node ${process.versions.node} is too old to install this project: Node ${MIN_NODE_VERSION} or newer is needed.`,
    1,
  );
}
if (process.platform === "win32") fail("Linux or macOS is needed; on Windows, use WSL.", 1);

const environment = withAuthorities(process.env, ROOT);
const wanted = installHash();
if (!installed(wanted)) {
  try {
    // Another program may read standard output: the command's JSON, or the server's log.
    if (command === "mgs" || command === "realtime") await install();
    else await step("Dependencies", install);
    ensureNodeRuns(NODE);
    writeFileSync(STAMP_FILE, wanted);
  } catch (error) {
    fail(String(error instanceof Error ? error.message : error), 1);
  }
}
handOver();

/** Hashes everything that `pnpm install` depends on. */
function installHash() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  const manifests = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", join("tooling", "package.json")];
  for (const group of ["apps", "packages"]) {
    for (const name of readdirSync(join(ROOT, group)).sort()) manifests.push(join(group, name, "package.json"));
  }
  for (const manifest of manifests) {
    const path = join(ROOT, manifest);
    if (existsSync(path)) hash.update(`${manifest}\n`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function installed(hash) {
  return existsSync(NODE) && existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, "utf8") === hash;
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  rmSync(STAMP_FILE, { force: true });
  const child = spawn("npx", ["--yes", packageManager, "install", "--frozen-lockfile"], {
    cwd: ROOT,
    // With CI set, pnpm never prompts, such as before it replaces node_modules.
    env: { ...environment, CI: "true", PRISMA_SKIP_POSTINSTALL_GENERATE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  }
  const stop = (signal) => child.kill(signal);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output += `${error.message}\n`;
      resolve(1);
    });
    child.once("exit", resolve);
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (code !== 0) {
    throw new Error(
      `${output}\nDependencies could not be installed. Is the npm registry reachable (npm config get registry)?`,
    );
  }
}

/** Runs the command with the pinned Node. The command ends with this process, in whichever way that ends. */
function handOver() {
  const script = join(ROOT, "tooling", "src", `${command}.ts`);
  const child = spawn(NODE, ["--import", "tsx", script, ...args], {
    cwd: ROOT,
    env: { ...environment, PATH: `${dirname(NODE)}:${join(ROOT, "node_modules", ".bin")}:${environment.PATH ?? ""}` },
    // The command detects a closed channel when this process is killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) endWithNpm(child);
  child.once("error", (error) => fail(error.message, 1));
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

/** Ends the child when npm is killed, which changes this process's parent (package.json uses `exec` for that). */
function endWithNpm(child) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, 500).unref();
}

function fail(message, code) {
  console.error(message);
  process.exit(code);
}
