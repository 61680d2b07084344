import type { RetentionRule } from "@mgs/db/retention";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { purgeAccountLinks } from "./account-links/account-links.repository";
import { purgeBatchJobs } from "./batches/batch-jobs.repository";
import { purgeClientUses } from "./clients/client-uses.repository";
import { purgeImpersonations } from "./impersonation/impersonations.repository";
import { purgeChallenges } from "./passkeys/passkeys.repository";
import { purgePeopleImports } from "./people-imports/people-imports.repository";
import { purgeEnrolments } from "./second-factor/enrolments.repository";
import { purgePendingSignIns } from "./second-factor/pending-sign-ins.repository";
import { endExpiredSessions } from "./sessions/end-expired-sessions";

/** For how long the daily use of clients is kept: the same month of last year can be compared. */
export const CLIENT_USE_RETENTION_DAYS = 400;

/** For how long what many-at-once acts did can be looked up; the audit trail keeps each of its changes. */
export const BATCH_JOB_RETENTION_SECONDS = 90 * 24 * 60 * 60;

/** For how long the page of a person names who acted in their name; the audit trail keeps it longer. */
export const IMPERSONATION_RETENTION_SECONDS = 90 * 24 * 60 * 60;

/** For how long a checked file can be imported or looked up; it holds names and addresses. */
export const PEOPLE_IMPORT_RETENTION_SECONDS = 7 * 24 * 60 * 60;

/** Sign-ins are ended, not deleted. */
export const IDENTITY_RETENTION: readonly RetentionRule<{ identityHooks: readonly IdentityHooks[] }>[] = [
  {
    table: "user_sessions",
    sweep: (database, limit, { identityHooks }) => endExpiredSessions(database, identityHooks, limit),
  },
  { table: "client_uses", sweep: (database, limit) => purgeClientUses(database, CLIENT_USE_RETENTION_DAYS, limit) },
  {
    table: "impersonations",
    sweep: (database, limit) => purgeImpersonations(database, IMPERSONATION_RETENTION_SECONDS, limit),
  },
  { table: "account_links", sweep: purgeAccountLinks },
  { table: "webauthn_challenges", sweep: purgeChallenges },
  { table: "factor_enrolments", sweep: purgeEnrolments },
  { table: "pending_sign_ins", sweep: purgePendingSignIns },
  { table: "batch_jobs", sweep: (database, limit) => purgeBatchJobs(database, BATCH_JOB_RETENTION_SECONDS, limit) },
  {
    table: "people_imports",
    sweep: (database, limit) => purgePeopleImports(database, PEOPLE_IMPORT_RETENTION_SECONDS, limit),
  },
];
