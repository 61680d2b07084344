import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Exact versions. They are no dependencies of the project, so that none of its code can use them. */
const VERSIONS = { "socket.io": "4.8.4", "laravel-echo-server": "1.6.3" };

/**
 * Installs the servers that ours is compared with into a folder of their own, once.
 * @returns the folder; undefined when the registry is out of reach, and the benchmark runs without them
 */
export function installRivals(folder: string): string | undefined {
  const isThere = Object.keys(VERSIONS).every((name) => existsSync(join(folder, "node_modules", name, "package.json")));
  if (isThere) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: VERSIONS }));
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "ignore" });
    return folder;
  } catch {
    return undefined;
  }
}
