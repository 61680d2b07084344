import { z } from "zod";
import type { AppDefinition } from "../apps";
import { appSchema } from "../config/app-schema";
import type { AppsDatabase } from "../config/file-schema";
import { readWebhooks } from "../config/soketi-webhooks";

const DATABASE_TIMEOUT_MS = 5_000;

const booleanOrDigit = z.union([z.boolean(), z.enum(["0", "1"]).transform((value) => value === "1")]);
const flag = z.preprocess((value) => (typeof value === "number" ? String(value) : value), booleanOrDigit.nullish());
/** -1 and NULL are Soketi's "no limit of its own". */
const limit = z.coerce
  .number()
  .int()
  .nullish()
  .transform((value) => (value === null || value === undefined || value < 0 ? undefined : value));
/** Refuses NULL, which would become the guessable secret "null". */
const text = z.union([z.string(), z.number(), z.bigint()]).transform(String);

/** A row in Soketi's form with further columns of this server. Other columns are ignored. */
const rowSchema = z.object({
  id: text,
  key: text,
  secret: text,
  enabled: flag,
  enable_client_messages: flag,
  max_connections: limit,
  max_client_events_per_sec: limit,
  max_backend_events_per_sec: limit,
  webhooks: z.unknown().optional(),
  allowed_origins: z.array(z.string()).nullish(),
  tls_only: flag,
  /** More keys and secrets of the app, `[{ key, secret }]`. */
  more_keys: z.array(z.unknown()).nullish(),
  /** Limits by their names in the configuration file. */
  limits: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Reads the apps of a PostgreSQL table. The `pg` package is loaded when the first asks.
 * @throws Error of the driver, or one that says which row is wrong, without its values
 */
export async function readDatabaseApps({ url, table }: AppsDatabase): Promise<AppDefinition[]> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: DATABASE_TIMEOUT_MS,
    query_timeout: DATABASE_TIMEOUT_MS,
    application_name: "mgs-realtime",
  });
  // An idle connection that breaks emits an error; the query reports its own.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const name = table.split(".").map((part) => client.escapeIdentifier(part));
    const { rows } = await client.query(`SELECT * FROM ${name.join(".")} ORDER BY id`);
    return rows.map((row: unknown, index) => toApp(row, index));
  } finally {
    await client.end();
  }
}

function toApp(row: unknown, index: number): AppDefinition {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) throw rowError(index, parsed.error);
  const { data } = parsed;
  const webhooks = data.webhooks === null || data.webhooks === undefined ? undefined : readWebhooks(data.webhooks);
  if (typeof webhooks === "string") throw new Error(`apps: row ${index + 1}: webhooks ${webhooks}`);
  const definition = appSchema.safeParse({
    id: data.id,
    keys: [{ key: data.key, secret: data.secret }, ...(data.more_keys ?? [])],
    enabled: data.enabled ?? undefined,
    // A column that is there and empty is Soketi's "no".
    clientEvents: data.enable_client_messages === null ? false : data.enable_client_messages,
    tlsOnly: data.tls_only ?? undefined,
    allowedOrigins: data.allowed_origins ?? undefined,
    limits: {
      ...(data.max_connections === undefined ? {} : { maxAppConnections: data.max_connections }),
      ...(data.max_client_events_per_sec === undefined
        ? {}
        : { maxClientEventsPerSecond: data.max_client_events_per_sec }),
      ...(data.max_backend_events_per_sec === undefined ? {} : { maxEventsPerSecond: data.max_backend_events_per_sec }),
      ...data.limits,
    },
    webhooks: webhooks?.targets,
  });
  if (!definition.success) throw rowError(index, definition.error);
  return definition.data;
}

function rowError(index: number, error: z.ZodError): Error {
  const issues = error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  return new Error(`apps: row ${index + 1}: ${issues.join("; ")}`);
}
