import { createDatabase, type Database } from "@mgs/db/client";
import type { System } from "./system";

/** `fail`: the product does not work so. `warn`: it works, and will not for long, or not as well as it could. */
export type State = "ok" | "warn" | "fail";

export type Finding = { state: State; detail: string; advice?: string };

/** One question to the installation. What it throws is a failure, with `advice`. */
export type Check = {
  name: string;
  title: string;
  /** What to do when the question cannot even be answered. */
  advice: string;
  run(system: System, signal: AbortSignal): Promise<Finding>;
  /** URLs that it asks: when it fails, a certificate of theirs that is refused is the reason to tell. */
  addresses?(system: System): string[];
};

export const ok = (detail: string): Finding => ({ state: "ok", detail });
export const warn = (detail: string, advice: string): Finding => ({ state: "warn", detail, advice });
export const fail = (detail: string, advice: string): Finding => ({ state: "fail", detail, advice });

/** The worst of several findings about one question, or `fine` when there are none. */
export function worst(findings: readonly Finding[], fine: string): Finding {
  const bad = findings.filter(({ state }) => state !== "ok");
  const first = bad.find(({ state }) => state === "fail") ?? bad[0];
  if (!first) return ok(fine);
  return { ...first, detail: bad.map(({ detail }) => detail).join("; ") };
}

/** Runs `work` with a connection of its own, closed afterwards. */
export async function asking<T>({ common }: System, work: (database: Database) => Promise<T>): Promise<T> {
  const database = createDatabase(common.DATABASE_URL, 1);
  try {
    // What is prepared goes around the client, which closes only what it has opened itself.
    await database.$connect();
    return await work(database);
  } finally {
    await database.$disconnect();
  }
}

/** PostgreSQL's address, where it is asked over TLS by a certificate: its server may show one that nobody asked for. */
export function databaseAddress({ common }: System): string[] {
  const { searchParams } = new URL(common.DATABASE_URL);
  const verified = /^(prefer|require|verify-ca|verify-full)$/.test(searchParams.get("sslmode") ?? "");
  return verified || searchParams.get("ssl") === "true" ? [common.DATABASE_URL] : [];
}
