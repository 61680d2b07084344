import type { Portal } from "@mgs/core/portals";
import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";
import type { InstanceProcess } from "../../tooling/src/testing/instance";

/** Origin of a portal, without a trailing slash. */
export function urlOf(portal: Portal): string {
  return readTestedInstance().urls[portal];
}

/** maildev's page and API. */
export function mailboxUrl(): string {
  return readTestedInstance().mailboxUrl;
}

/** Data folder of the product under test. */
export function dataDir(): string {
  return readTestedInstance().dataDir;
}

export function portOf(name: string): number {
  const port = readTestedInstance().ports[name];
  if (port === undefined) throw new Error(`${name} has no port`);
  return port;
}

/** The current process id, which changes when the supervisor restarts the process; null while it does not run. */
export function pidOf(name: InstanceProcess): number | null {
  try {
    return readTestedInstance().pid(name);
  } catch {
    return null;
  }
}
