import { API_PATHS, installFront } from "@mgs/portal/front";
import { composition } from "./composition";
import { readEnv } from "./env";
import { pagePolicy } from "./page-policy";

/** Puts the busiest addresses before the framework. */
export function installPortalFront(): void {
  installFront({ composition, paths: API_PATHS, origin: readEnv().COMMERCIAL_URL, policy: pagePolicy });
}
