import { createDatabase, type Database } from "@mgs/db/client";
import type { System } from "./system";

/** `fail`: the product does not work. `warn`: it works, but may soon stop, or works less well than it could. */
export type State = "ok" | "warn" | "fail";

export type Finding = { state: State; detail: string; advice?: string };

/** One check of the installation. An error that it throws becomes a failure with `advice`. */
export type Check = {
  name: string;
  title: string;
  /** Advice for a check that could not run. */
  advice: string;
  run(system: System, signal: AbortSignal): Promise<Finding>;
  /** URLs that it connects to. When it fails, the doctor examines their certificates and reports one that is refused. */
  addresses?(system: System): string[];
};

export const ok = (detail: string): Finding => ({ state: "ok", detail });
export const warn = (detail: string, advice: string): Finding => ({ state: "warn", detail, advice });
export const fail = (detail: string, advice: string): Finding => ({ state: "fail", detail, advice });

/** Picks the worst of a check's findings, or `fine` when there are none. */
export function pickWorst(findings: readonly Finding[], fine: string): Finding {
  const bad = findings.filter(({ state }) => state !== "ok");
  const first = bad.find(({ state }) => state === "fail") ?? bad[0];
  if (!first) return ok(fine);
  return { ...first, detail: bad.map(({ detail }) => detail).join("; ") };
}

/** Runs `work` with a database client of its own, and closes it afterwards. */
export async function withDatabase<T>({ common }: System, work: (database: Database) => Promise<T>): Promise<T> {
  const database = createDatabase(common.DATABASE_URL, 1);
  try {
    // Prepared statements bypass the client, which closes only a pool that it has connected itself.
    await database.$connect();
    return await work(database);
  } finally {
    await database.$disconnect();
  }
}

/** Lists PostgreSQL's address when the connection uses TLS and may check the server's certificate. */
export function listDatabaseAddresses({ common }: System): string[] {
  const { searchParams } = new URL(common.DATABASE_URL);
  const verified = /^(prefer|require|verify-ca|verify-full)$/.test(searchParams.get("sslmode") ?? "");
  return verified || searchParams.get("ssl") === "true" ? [common.DATABASE_URL] : [];
}
