import { availableParallelism, totalmem } from "node:os";

const GIB_BYTES = 1_024 ** 3;
/** Memory that a product, its browser and its worker need together. */
const WORKER_MEMORY_BYTES = 4 * GIB_BYTES;
/** More workers would slow each other down, since each product has seven processes. */
const MAX_WORKER_COUNT = 4;

/**
 * Computes how many files of end-to-end tests run in parallel, each worker with a product of its own.
 * @param asked the variable `MGS_E2E_WORKERS`, which goes first
 * @throws Error when it is no number from 1 to 8
 */
export function countE2eWorkers(
  asked: string | undefined = process.env.MGS_E2E_WORKERS,
  machine: { cores: number; memoryBytes: number } = { cores: availableParallelism(), memoryBytes: totalmem() },
): number {
  if (asked) {
    if (!/^[1-8]$/.test(asked)) throw new Error("MGS_E2E_WORKERS must be a number from 1 to 8");
    return Number(asked);
  }
  const allowed = Math.min(machine.cores, Math.floor(machine.memoryBytes / WORKER_MEMORY_BYTES), MAX_WORKER_COUNT);
  return Math.max(1, allowed);
}
