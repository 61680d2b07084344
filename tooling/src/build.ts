import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PORTALS } from "@mgs/core/portals";
import { withBuildLock } from "./build-lock";
import { hashContents } from "./content-hash";
import { ROOT } from "./paths";
import { runToEnd } from "./run-to-end";
import type { Guard } from "./supervisor/guard";
import { createBaseEnvironment } from "./supervisor/service";

const INPUTS = [
  "apps",
  "packages",
  "prisma/schema",
  "scripts/bundle.mjs",
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "tsconfig.json",
  "turbo.json",
];
const OUTPUTS = [
  ...PORTALS.map((portal) => `apps/${portal}/.next/BUILD_ID`),
  "packages/worker/dist/main.js",
  "packages/worker/dist/mail-thread.js",
  "packages/worker/dist/pdf-thread.js",
  "packages/realtime-server/dist/main.js",
];
const BUILD_STAMP = join(ROOT, "node_modules", ".mgs-build");
const CLIENT_STAMP = join(ROOT, "node_modules", ".mgs-prisma-client");

/** Environment of the build tools: no telemetry, and no download of an unused engine. */
const TOOL_ENVIRONMENT = {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // Prisma checks only that this is an executable file.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};

export type BuildOptions = { guard: Guard; signal?: AbortSignal; output?(chunk: string): void };

/** Builds for production when an input has changed. Resolves to false when the build is up to date. */
export async function build({ guard, signal, output }: BuildOptions): Promise<boolean> {
  return withBuildLock(signal, () => buildChanged(guard, signal, output));
}

async function buildChanged(
  guard: Guard,
  signal: AbortSignal | undefined,
  output: BuildOptions["output"],
): Promise<boolean> {
  const hash = await hashInputs(INPUTS);
  if (listMissingOutputs().length === 0 && (await isStamped(BUILD_STAMP, hash))) return false;
  await rm(BUILD_STAMP, { force: true });
  await runTool("turbo", ["run", "build", "--output-logs=new-only", "--log-order=grouped"], { guard, signal, output });
  const missing = listMissingOutputs();
  if (missing.length > 0) throw new Error(`the build left nothing at ${missing.join(", ")}`);
  await writeFile(BUILD_STAMP, hash);
  return true;
}

function listMissingOutputs(): string[] {
  return OUTPUTS.filter((path) => !existsSync(join(ROOT, path)));
}

/** Generates the Prisma client when the schema has changed; needs no network. */
export async function generateClient({ guard, signal }: BuildOptions): Promise<boolean> {
  const hash = await hashInputs(["prisma/schema", "packages/db/package.json"]);
  const there = existsSync(join(ROOT, "packages/db/src/generated/client.ts"));
  if (there && (await isStamped(CLIENT_STAMP, hash))) return false;
  await runTool("prisma", ["generate", "--schema", "prisma/schema"], { guard, signal, output: undefined });
  await writeFile(CLIENT_STAMP, hash);
  return true;
}

async function runTool(
  name: string,
  args: readonly string[],
  { guard, signal, output }: { guard: Guard; signal: AbortSignal | undefined; output: BuildOptions["output"] },
): Promise<void> {
  await runToEnd(join(ROOT, "node_modules", ".bin", name), args, {
    cwd: ROOT,
    env: { ...createBaseEnvironment(), ...TOOL_ENVIRONMENT },
    guard,
    signal,
    ...(output ? { output } : {}),
  });
}

async function hashInputs(paths: readonly string[]): Promise<string> {
  return `${process.version} ${process.platform} ${process.arch} ${await hashContents(ROOT, paths)}`;
}

async function isStamped(stamp: string, hash: string): Promise<boolean> {
  return (await readFile(stamp, "utf8").catch(() => "")) === hash;
}
