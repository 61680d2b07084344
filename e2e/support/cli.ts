import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { testedInstance } from "../../tooling/src/testing/e2e-setup";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type Client = { client_id: string; client_secret: string };

/** Runs `npm run mgs -- …` on the product under test; returns what it prints. */
export async function mgs(...args: string[]): Promise<string> {
  const { dataDir, databaseUrl } = testedInstance();
  const { stdout } = await promisify(execFile)("node", ["scripts/run.mjs", "mgs", ...args], {
    cwd: ROOT,
    env: { ...process.env, MGS_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
  });
  return stdout;
}

export async function createClient(...args: string[]): Promise<Client> {
  return JSON.parse(await mgs("client:create", ...args, "--json")) as Client;
}
