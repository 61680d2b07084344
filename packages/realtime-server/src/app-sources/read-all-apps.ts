import type { AppDefinition } from "../apps";
import type { Settings } from "../config/settings";
import { readDatabaseApps } from "./database-apps";

/**
 * The apps of environment and file, and those of the database where there is one.
 * @throws Error when the database cannot be read
 */
export async function readAllApps({
  apps,
  appsDatabase,
}: Pick<Settings, "apps" | "appsDatabase">): Promise<AppDefinition[]> {
  if (appsDatabase === undefined) return [...apps];
  return [...apps, ...(await readDatabaseApps(appsDatabase))];
}
