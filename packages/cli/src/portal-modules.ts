import type { Module } from "@mgs/module/module";
import { provider } from "@mgs/oidc/module";
import { portalAuth } from "@mgs/portal-auth/module";
import { DOMAINS } from "./domains";

/**
 * Every module of the portals, those of the sign-in included, for lists of their routes. Load this file when a list is asked
 * for: the library of the portals' sign-in takes a while to load.
 */
export const PORTAL_MODULES: readonly Module[] = [...DOMAINS, provider, portalAuth];
