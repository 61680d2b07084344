import { identity } from "@mgs/identity/module";
import type { Module } from "@mgs/module/module";
import { notifications } from "@mgs/notifications/module";
import { provider } from "@mgs/oidc/module";
import { portalAuth } from "@mgs/portal-auth/module";

/** Every module of the portals, for what is said of their routes: a domain is one line here. */
export const PORTAL_MODULES: readonly Module[] = [identity, notifications, provider, portalAuth];
