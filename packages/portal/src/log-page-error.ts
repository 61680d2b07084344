import { createLogger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";

/** Logs what a page, its action or its data threw; by the path alone, since queries carry codes. */
export function logPageError(portal: Portal, error: unknown, request: { path: string; method: string }): void {
  const [path] = request.path.split("?");
  const digest = typeof error === "object" && error !== null && "digest" in error ? { digest: error.digest } : {};
  createLogger(portal).error({ err: error, method: request.method, path, ...digest }, "page failed");
}
