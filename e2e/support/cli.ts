import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";
import type { RunningInstance } from "../../tooling/src/testing/instance";
import { connect } from "../bad-input/database";
import { PASSWORD, type Person } from "./people";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type Client = { client_id: string; client_secret: string };

type CommandTarget = Pick<RunningInstance, "dataDir" | "databaseUrl">;

/** Runs `npm run mgs -- …` on the product under test. @returns its output */
export function mgs(...args: string[]): Promise<string> {
  return mgsOn(readTestedInstance(), args);
}

async function mgsOn(
  { dataDir, databaseUrl }: CommandTarget,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const running = promisify(execFile)("node", ["scripts/run.mjs", "mgs", ...args], {
    cwd: ROOT,
    env: { ...process.env, MGS_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
  });
  running.child.stdin?.end(input);
  return (await running).stdout;
}

/** Ends every sign-in of a person by command; only for people whose sign-ins no other test shares. */
export async function revokeSessions(email: string): Promise<void> {
  await mgs("tokens:revoke", "--user", email);
}

/** Creates a person beside the demonstration data, with its password. */
export async function createPerson(name: string, role: Person["role"]): Promise<Person> {
  const email = `${randomUUID()}@mgs.mg`;
  const args = ["user:create", "--name", name, "--email", email, "--role", role, "--password", "--json"];
  const { id } = JSON.parse(await mgsOn(readTestedInstance(), args, `${PASSWORD}\n`)) as { id: number };
  // Its owner would have to change a password that somebody else has set.
  const database = await connect();
  await database.query("UPDATE users SET password_must_change = false WHERE id = $1", [id]);
  await database.end();
  return { id, email, name, role, locale: "fr" };
}

/** Registers a client of the product under test. */
export function createClient(...args: string[]): Promise<Client> {
  return createClientOf(readTestedInstance(), ...args);
}

export async function createClientOf(target: CommandTarget, ...args: string[]): Promise<Client> {
  return JSON.parse(await mgsOn(target, ["client:create", ...args, "--json"])) as Client;
}
