import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { testedInstance } from "../../tooling/src/testing/e2e-setup";
import type { RunningInstance } from "../../tooling/src/testing/instance";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type Client = { client_id: string; client_secret: string };

type CommandTarget = Pick<RunningInstance, "dataDir" | "databaseUrl">;

/** Runs `npm run mgs -- …` on the product under test; returns what it prints. */
export function mgs(...args: string[]): Promise<string> {
  return mgsOn(testedInstance(), args);
}

async function mgsOn({ dataDir, databaseUrl }: CommandTarget, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("node", ["scripts/run.mjs", "mgs", ...args], {
    cwd: ROOT,
    env: { ...process.env, MGS_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
  });
  return stdout;
}

/** Ends every sign-in of a person, from outside: for people whose sign-ins no other test shares. */
export async function revokeSessions(email: string): Promise<void> {
  await mgs("tokens:revoke", "--user", email);
}

/** Registers a client of the product under test. */
export function createClient(...args: string[]): Promise<Client> {
  return createClientOf(testedInstance(), ...args);
}

export async function createClientOf(target: CommandTarget, ...args: string[]): Promise<Client> {
  return JSON.parse(await mgsOn(target, ["client:create", ...args, "--json"])) as Client;
}
