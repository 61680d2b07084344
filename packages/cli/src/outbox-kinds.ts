import * as identityKinds from "@mgs/identity/outbox-kinds";
import * as notificationKinds from "@mgs/notifications/outbox-kinds";
import * as oidcKinds from "@mgs/oidc/outbox-kinds";

/** Names of all kinds of outbox rows, for help, completion and the check of what is typed. Modules are too large for that. */
export const OUTBOX_KINDS: readonly string[] = [notificationKinds, identityKinds, oidcKinds].flatMap((kinds) =>
  Object.values(kinds).map(({ kind }) => kind),
);
