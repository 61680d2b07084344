import type { SystemActor } from "@mgs/core/actor";

/** The command line acts for the company itself; the audit trail says so. */
export const CLI_ACTOR: SystemActor = { kind: "system", name: "cli" };
