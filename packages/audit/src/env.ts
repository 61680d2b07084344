import { z } from "zod";

/** Five years: claims from most contracts and acts expire within that time. */
const DEFAULT_RETENTION_DAYS = 1_826;
/** The database itself refuses to remove what is younger than a year. */
const MIN_RETENTION_DAYS = 366;

export const auditEnv = z.object({
  /** Days for which the audit trail is kept. */
  AUDIT_RETENTION_DAYS: z.coerce.number().int().min(MIN_RETENTION_DAYS).max(36_600).default(DEFAULT_RETENTION_DAYS),
});
