import { headerSecretVariable, serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** Matches a DSN that Sentry's library accepts: it prints any other text, with the key. */
const SENTRY_DSN_PATTERN = /^https?:\/\/\w+(:\w+)?@(\[[:.%\w]+\]|[\w.-]+)(:\d+)?\/([\w./-]+\/)?\d+$/;

/** A caller of `/metrics` sends it as a bearer token. */
export const metricsTokenVariable = headerSecretVariable.min(16);

/** `name=value` pairs, separated by commas, values percent-encoded (OpenTelemetry's specification of the OTLP exporter). */
const otlpHeadersVariable = z.string().refine(
  (text) =>
    text.split(",").every((pair) => {
      const [name = "", ...value] = pair.split("=");
      return /^\s*[\w!#$%&'*+.^`|~-]+\s*$/.test(name) && value.length > 0 && isHeaderValue(value.join("="));
    }),
  { error: "must be name=value pairs separated by commas, values with percent-encoding" },
);

/** Tells whether a decoded value is ASCII without control characters, as an HTTP header requires. */
function isHeaderValue(encoded: string): boolean {
  try {
    return /^[ -~]*$/.test(decodeURIComponent(encoded));
  } catch {
    return false;
  }
}

/** Variables of every process. */
export const observabilityEnv = z.object({
  /** Bearer token of `/metrics`; unset: `/metrics` does not exist. */
  METRICS_TOKEN: metricsTokenVariable.optional(),
  /** OTLP/HTTP collector of traces, such as http://localhost:4318; unset turns tracing off. */
  OTEL_EXPORTER_OTLP_ENDPOINT: serverUrlVariable(["https", "http"])
    .refine((url) => !url.includes("?"), { error: "must have no query" })
    .optional(),
  /** Headers for the collector, such as `authorization=Basic%20…`; read by OpenTelemetry's own exporter. */
  OTEL_EXPORTER_OTLP_HEADERS: otlpHeadersVariable.optional(),
  /** Share of requests that are traced, from 0 to 1. A request from another traced program follows that program's choice. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Sentry's address for error reports; unset turns them off. */
  SENTRY_DSN: z.string().regex(SENTRY_DSN_PATTERN, "must be a DSN such as https://key@sentry.example.com/1").optional(),
  /** Shown as each process's version; unset: the git commit, else the package's version. */
  MGS_VERSION: z.string().max(100).optional(),
});
export type ObservabilityEnv = z.output<typeof observabilityEnv>;
