import { spawnSync } from "node:child_process";

const INSTALL_HINTS = [
  "  Debian, Ubuntu:  sudo apt-get install libatomic1",
  "  Fedora:          sudo dnf install libatomic",
].join("\n");

/**
 * Ensures that the pinned Node runs: a minimal system may lack libatomic, which Node's own binaries need. It installs libatomic
 * when that works without a password (`MGS_NO_INSTALL=1` forbids it).
 * @param {string} node its path
 * @throws Error with the missing library and the ways to install it
 */
export function ensureNodeRuns(node) {
  const first = run(node, ["--version"]);
  if (first.ok) return;
  if (!first.output.includes("libatomic.so.1")) throw new Error(`${node} does not run:\n${first.output}`);
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (!/^(1|true|yes|on|y|enabled)$/i.test(process.env.MGS_NO_INSTALL ?? "") && run("apt-get", ["--version"]).ok) {
    const script = "apt-get update -q; apt-get install -y -q --no-install-recommends libatomic1";
    const [command = "sh", ...args] = [...sudo, "sh", "-c", script];
    run(command, args);
  }
  const second = run(node, ["--version"]);
  if (!second.ok)
    throw new Error(`Node needs libatomic.so.1, which this system has not. Ways to get it:\n${INSTALL_HINTS}`);
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  return { ok: status === 0, output: `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}` };
}
