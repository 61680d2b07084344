import { isServerGone } from "./failover-pool";

/** Prisma's error codes: the server cannot be reached, is too slow, or has closed the connection. */
const PRISMA_CODE_PATTERN = /^P10(?:01|02|08|17)$/;
const SYSTEM_CODES: readonly unknown[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
];
const ADAPTER_KINDS: readonly unknown[] = ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"];
/** The driver's errors that have no code. */
const DRIVER_MESSAGE_PATTERN = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/**
 * Tells whether an error means that PostgreSQL is away, is stopping, or takes no writes now: the same call may succeed in a few
 * seconds. Unless PostgreSQL refused the failed call, its outcome is unknown.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: unknown } } };
  if (typeof code === "string" && (isServerGone(code) || PRISMA_CODE_PATTERN.test(code) || SYSTEM_CODES.includes(code)))
    return true;
  if (DRIVER_MESSAGE_PATTERN.test(error.message)) return true;
  // Prisma keeps the driver's error as the cause.
  const cause = meta?.driverAdapterError?.cause ?? error.cause;
  if (typeof cause !== "object" || cause === null) return false;
  const { originalCode, kind } = cause as { originalCode?: unknown; kind?: unknown };
  return (typeof originalCode === "string" && isServerGone(originalCode)) || ADAPTER_KINDS.includes(kind);
}
