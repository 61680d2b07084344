import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FullConfig } from "@playwright/test";
import { findFreePortRange } from "../services/ports";
import { openInstance, type RunningInstance, startInstance } from "./instance";
import { checkLogs, collectSecrets } from "./log-check";
import { requirePrograms } from "./programs";

/** Data folders of the products, one for each worker of Playwright, as a JSON list. */
const INSTANCE_FOLDERS = "MGS_E2E_DATA_DIRS";
/** With it back ends of laravel-echo-server ask the product's realtime server, which serves Socket.IO beside Pusher. */
export const SOCKET_IO_HTTP_KEY = "cle-http-de-l-ancien-serveur";

/**
 * Starts one product for each worker, each on a new data folder and free ports. At the end the run fails when one of their
 * logs contains a secret or a text of a notification.
 */
export default async function setup({ workers }: Pick<FullConfig, "workers">): Promise<() => Promise<void>> {
  await requirePrograms("e2e");
  const instances: Awaited<ReturnType<typeof startInstance>>[] = [];
  // The instances start one after the other, because the first one builds the product.
  while (instances.length < workers) {
    const dataDir = mkdtempSync(join(tmpdir(), "mgs-e2e-"));
    const env = { REALTIME_SOCKET_IO: "1", REALTIME_SOCKET_IO_HTTP_KEY: SOCKET_IO_HTTP_KEY };
    instances.push(await startInstance({ portBase: await findFreePortRange(9), dataDir, env }));
  }
  process.env[INSTANCE_FOLDERS] = JSON.stringify(instances.map(({ dataDir }) => dataDir));
  return async () => {
    for (const instance of instances) await endInstance(instance);
  };
}

async function endInstance({ dataDir, databaseUrl, stop }: Awaited<ReturnType<typeof startInstance>>): Promise<void> {
  const secrets = await collectSecrets(dataDir, databaseUrl);
  await stop();
  checkLogs(dataDir, secrets);
  if (process.env.MGS_E2E_KEEP) process.stdout.write(`kept ${dataDir}\n`);
  else rmSync(dataDir, { recursive: true, force: true });
}

/** Reads the product that the setup started for this worker. */
export function readTestedInstance(): RunningInstance {
  const folders: string[] = JSON.parse(process.env[INSTANCE_FOLDERS] ?? "[]");
  // Playwright numbers parallel workers; a worker that replaces a failed one has its number.
  const dataDir = folders[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
  if (!dataDir) throw new Error("the end-to-end setup has not started the product");
  return openInstance(dataDir);
}
