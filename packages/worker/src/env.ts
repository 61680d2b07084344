import { auditEnv } from "@mgs/audit/env";
import { parseEnvironment, portVariable } from "@mgs/core/environment";
import type { PortalUrls } from "@mgs/core/portals";
import { originVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { hasMailTransport, mailEnv } from "@mgs/email/env";
import { redisEnv } from "@mgs/jobs/env";
import { observabilityEnv } from "@mgs/observability/env";
import { issuerEnv } from "@mgs/oidc/env";
import { pusherEnv } from "@mgs/realtime/env";
import { z } from "zod";

const schema = z
  .object({
    ...databaseEnv.shape,
    ...redisEnv.shape,
    ...mailEnv.shape,
    ...pusherEnv.shape,
    ...issuerEnv.shape,
    ...observabilityEnv.shape,
    ...auditEnv.shape,
    ADMINISTRATION_URL: originVariable,
    COMMERCIAL_URL: originVariable,
    GESTION_DOSSIER_URL: originVariable,
    /** Opens the provider's signing keys, for logout tokens: 32 bytes in base64. */
    MGS_KEY_ENCRYPTION_KEY: z.string().min(43, "must be 32 bytes in base64"),
    /** Health checks: port, and interface (all when unset). */
    WORKER_PORT: portVariable.default(3010),
    WORKER_HOST: z.string().optional(),
    /** Rows of each queue that are delivered at the same time. */
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(10),
    /** Mails a second over all workers; unset: 2 with Resend (its default limit), without limit by SMTP. */
    WORKER_MAILS_PER_SECOND: z.coerce.number().int().min(1).optional(),
    /** Seconds between two runs of the canary; 0 turns it off. Every worker may have the same. */
    CANARY_INTERVAL: z.coerce
      .number()
      .int()
      .refine((seconds) => seconds === 0 || (seconds >= 10 && seconds <= 3_600), "must be 0, or from 10 to 3600")
      .default(0),
    /** Address of the canary's mails; unset: the mailbox on this machine. */
    CANARY_MAIL_TO: z.email().toLowerCase().optional(),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  })
  .refine(hasMailTransport, {
    path: ["SMTP_URL"],
    error: "is required where RESEND_API_KEY is not set",
    // Zod would otherwise report this only after all other variables are valid.
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .refine((env) => env.CANARY_INTERVAL === 0 || env.CANARY_MAIL_TO !== undefined || mailStaysHere(env), {
    path: ["CANARY_MAIL_TO"],
    error: "is required with CANARY_INTERVAL where mail leaves this machine",
  });

/** Tells whether mail stays on this machine. Elsewhere mails to made-up addresses bounce, and providers block their senders. */
function mailStaysHere(env: { RESEND_API_KEY?: unknown; SMTP_URL?: string | undefined }): boolean {
  if (env.RESEND_API_KEY !== undefined || env.SMTP_URL === undefined) return false;
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(env.SMTP_URL).hostname);
}

export type WorkerEnv = z.output<typeof schema>;

/** Reads the worker's variables. @throws EnvironmentError that lists every variable in error */
export function readEnv(source: NodeJS.ProcessEnv): WorkerEnv {
  return parseEnvironment(schema, source);
}

/** Picks the portals' addresses from the variables. */
export function portalUrlsOf(env: WorkerEnv): PortalUrls {
  return {
    administration: env.ADMINISTRATION_URL,
    commercial: env.COMMERCIAL_URL,
    "gestion-dossier": env.GESTION_DOSSIER_URL,
  };
}
