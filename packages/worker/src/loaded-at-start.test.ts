import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { UNREACHABLE } from "./testing/unreachable";

const folder = fileURLToPath(new URL("..", import.meta.url));
const bundle = "node_modules/.cache/loaded-at-start-test/main.js";

/** Writes the address of every module as it is loaded. */
const TELL_LOADS = `import { registerHooks } from "node:module";
  registerHooks({ load(url, context, next) { process.stderr.write(url + "\\n"); return next(url, context); } });`;

/** Starts the worker from its bundle, and ends it when it says that it works. @returns the npm packages it has loaded by then */
async function packagesLoadedAtStart(): Promise<Set<string>> {
  const files = ["src/main.ts", bundle, "src/mail-thread.ts", bundle.replace("main", "mail-thread")];
  await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", ...files], { cwd: folder });
  const hooks = `data:text/javascript,${encodeURIComponent(TELL_LOADS)}`;
  const child = spawn(process.execPath, ["--import", hooks, bundle], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...UNREACHABLE, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  let logged = "";
  child.stdout.on("data", (chunk) => {
    logged += chunk;
    if (logged.includes('"msg":"working"')) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "close");
  expect(signal, `${logged}${told}`).toBe("SIGKILL");
  // Of several folders of that name in an address, the last is the package's.
  const names = told.matchAll(/^.*\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
  return new Set([...names].map(([, name = ""]) => name));
}

it("the worker starts without the provider, the libraries of passwords and those of commands", async () => {
  const loaded = await packagesLoadedAtStart();
  expect([...loaded]).toEqual(expect.arrayContaining(["bullmq", "ioredis", "pg", "zod"]));
  for (const other of ["oidc-provider", "@node-rs/argon2", "@node-rs/bcrypt", "commander", "csv-parse", "next-auth"]) {
    expect(loaded).not.toContain(other);
  }
});
