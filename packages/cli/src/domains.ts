import { BUSINESS } from "@mgs/business/modules";
import { identity } from "@mgs/identity/module";
import { journal } from "@mgs/journal/module";
import { maintenance } from "@mgs/maintenance/module";
import type { Module } from "@mgs/module/module";
import { notifications } from "@mgs/notifications/module";

/** The domains, in the order of the help. A new domain is one line here. */
export const DOMAINS: readonly Module[] = [identity, journal, maintenance, notifications, ...BUSINESS];
