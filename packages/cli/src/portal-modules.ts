import type { Module } from "@mgs/module/module";
import { provider } from "@mgs/oidc/module";
import { portalAuth } from "@mgs/portal-auth/module";
import { DOMAINS } from "./domains";

/**
 * Every module of the portals, with those of the sign-in, for lists of their routes. Import this file on demand, because the
 * library of the portals' sign-in loads slowly.
 */
export const PORTAL_MODULES: readonly Module[] = [...DOMAINS, provider, portalAuth];
