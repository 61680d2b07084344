import { createLogger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";

/** Logs an error of a page, its action or its data, with the path alone, since queries contain codes. */
export function logPageError(portal: Portal, error: unknown, request: { path: string; method: string }): void {
  const [path] = request.path.split("?");
  const digest = typeof error === "object" && error !== null && "digest" in error ? { digest: error.digest } : {};
  createLogger(portal).error({ err: error, method: request.method, path, ...digest }, "page failed");
}
