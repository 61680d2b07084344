import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";

/** Dependencies of a use case that changes what a person proves themself with. */
export type FactorDeps = { database: Database; sealer: Sealer; enqueuer: Enqueuer; clock: Clock };

/** Binds a sealed TOTP secret to its person. */
export const totpContext = (userId: number): string => `totp-secret:${userId}`;

/** Binds what is being set up to its person and its holder. */
export const enrolmentContext = (userId: number, holder: string): string => `factor-enrolment:${userId}:${holder}`;
