import type { Locale } from "@mgs/core/locale";
import { type Database, databaseTakesWrites } from "@mgs/db/client";
import { messagesFor } from "@mgs/i18n/catalogue";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import { measureOutboxLag } from "@mgs/jobs/outbox-lag.repository";
import { createRedis, takesWrites } from "@mgs/jobs/redis";
import { can } from "@mgs/observability/permissions";
import type { SystemHealthItem } from "@mgs/shell/dashboard/health-card";
import type { Runtime } from "./runtime";

/** The worker counts as slow, and as stopped, when a delivery is overdue by this time. */
const SLOW_SECONDS = 15;
const STOPPED_SECONDS = 120;

/**
 * Starts `loadSystemHealth` for the dashboard of a visitor who may see it; its promise resolves to null after an error.
 * @returns undefined for every other visitor
 */
export function summarizeHealth(runtime: Runtime, session: Session): Promise<SystemHealthItem[] | null> | undefined {
  if (!can(sessionActor(session, runtime.portal), "health.summary")) return undefined;
  return loadSystemHealth(runtime, session.user.locale).catch(() => null);
}

/** Checks the services that the product runs on. */
export async function loadSystemHealth(runtime: Runtime, locale: Locale): Promise<SystemHealthItem[]> {
  const text = messagesFor(locale).dashboard.healthParts;
  const [postgresql, lag, redis, realtime] = await Promise.all([
    measure(() => askPostgresql(runtime.database)),
    measure(() => measureOutboxLag(runtime.database)),
    measure(() => askRedis(runtime.env.REDIS_URL)),
    measure(() => runtime.publisher.ping()),
  ]);
  const overdue = lag.value?.oldestSeconds ?? 0;
  return [
    { name: "PostgreSQL", ...stateOf(postgresql) },
    { name: "Redis", ...stateOf(redis) },
    { name: text.realtime, ...stateOf(realtime) },
    {
      name: text.deliveries,
      state:
        !lag.value || overdue > STOPPED_SECONDS
          ? "down"
          : overdue > SLOW_SECONDS || lag.value.dead > 0
            ? "degraded"
            : "ok",
      detail: lag.value
        ? text.deliveriesDetail
            .replace("{waiting}", String(lag.value.waiting))
            .replace("{dead}", String(lag.value.dead))
        : undefined,
    },
  ];
}

type Timed<T> = { value: T | null; milliseconds: number };

async function measure<T>(ask: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const value = await ask().catch(() => null);
  return { value, milliseconds: Math.round(performance.now() - start) };
}

function stateOf(answer: Timed<unknown>): Pick<SystemHealthItem, "state" | "detail"> {
  return answer.value === null ? { state: "down" } : { state: "ok", detail: `${answer.milliseconds} ms` };
}

/** Checks PostgreSQL. @throws Error also for a server that takes no writes, such as a primary that another one has replaced */
async function askPostgresql(database: Database): Promise<true> {
  if (!(await databaseTakesWrites(database))) throw new Error("this PostgreSQL takes no writes");
  return true;
}

async function askRedis(url: string): Promise<true> {
  const redis = createRedis(url, "mgs-health", 1_000);
  try {
    if (!(await takesWrites(redis))) throw new Error("this Redis is a replica");
    return true;
  } finally {
    redis.disconnect();
  }
}
