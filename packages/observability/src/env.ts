import { z } from "zod";

/** What every process reads. */
export const observabilityEnv = z.object({
  /** Bearer token of `/metrics`; unset: `/metrics` does not exist. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** OTLP/HTTP collector that traces go to, such as http://localhost:4318; unset: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http(s) URL" }).optional(),
  /** Share of requests that are traced, from 0 to 1; what another traced program asks of us follows its choice. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Where errors are reported; unset: nowhere. */
  SENTRY_DSN: z.url({ protocol: /^https?$/, error: "must be an http(s) URL" }).optional(),
  /** Shown as each process's version; unset: the git commit, else the package's version. */
  MGS_VERSION: z.string().max(100).optional(),
});
export type ObservabilityEnv = z.output<typeof observabilityEnv>;
