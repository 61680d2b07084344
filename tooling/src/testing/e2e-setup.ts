import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePortRange } from "../services/ports";
import { openInstance, type RunningInstance, startInstance } from "./instance";
import { checkLogs, collectSecrets } from "./log-check";
import { requirePrograms } from "./programs";

const INSTANCE_FOLDER = "MGS_E2E_DATA_DIR";

/**
 * Starts the product once for all end-to-end tests, on a fresh data folder and free ports. In the end the run fails when
 * any of its logs holds a secret or a text of a notification.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await requirePrograms("e2e");
  const dataDir = mkdtempSync(join(tmpdir(), "mgs-e2e-"));
  const instance = await startInstance({ portBase: await freePortRange(9), dataDir });
  process.env[INSTANCE_FOLDER] = dataDir;
  return async () => {
    const secrets = await collectSecrets(dataDir, instance.databaseUrl);
    await instance.stop();
    checkLogs(dataDir, secrets);
    if (process.env.MGS_E2E_KEEP) process.stdout.write(`kept ${dataDir}\n`);
    else rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The product that the setup started, for a test. */
export function testedInstance(): RunningInstance {
  const dataDir = process.env[INSTANCE_FOLDER];
  if (!dataDir) throw new Error("the end-to-end setup has not started the product");
  return openInstance(dataDir);
}
