import { BUSINESS } from "@mgs/business/modules";
import { identity } from "@mgs/identity/module";
import { maintenance } from "@mgs/maintenance/module";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import type { Module } from "@mgs/module/module";
import { notifications } from "@mgs/notifications/module";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { provider } from "@mgs/oidc/module";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";

/** The modules whose outbox rows, schedules and retention this process runs: a domain is one line here. */
export const MODULES: readonly Module[] = [identity, maintenance, notifications, provider, ...BUSINESS];

/** The hooks of every package whose rows depend on a sign-in or a client. */
export const IDENTITY_HOOKS: readonly IdentityHooks[] = [oidcHooks, portalAuthHooks];
