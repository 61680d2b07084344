import { setTimeout } from "node:timers/promises";
import { audit } from "@mgs/audit/audit.repository";
import { processSingleton } from "@mgs/core/process-singleton";
import type { Database } from "@mgs/db/client";
import { visitorNetwork } from "./visitor-network";

const WINDOW_MS = 60_000;
/** Rows a minute about accounts that do not exist, from one network. */
const MAX_ROWS_PER_NETWORK = 5;
/** The same from all networks together, in one process. */
const MAX_ROWS = 60;

type Window = { since: number; rows: number; leftOut: number };

/** Decides which refused sign-ins of unknown accounts get a row of the audit trail. */
export type RefusalGate = {
  /** @returns how many refusals were left out since the last row, or null to leave this one out too */
  admit(network: string): { leftOut: number } | null;
};

/** @param now milliseconds, for tests */
export function createRefusalGate(now: () => number = Date.now): RefusalGate {
  let all: Window = { since: Number.NEGATIVE_INFINITY, rows: 0, leftOut: 0 };
  let networks = new Map<string, number>();
  return {
    admit(network) {
      if (now() - all.since >= WINDOW_MS) {
        all = { since: now(), rows: 0, leftOut: all.leftOut };
        networks = new Map();
      }
      const rows = networks.get(network) ?? 0;
      if (rows >= MAX_ROWS_PER_NETWORK || all.rows >= MAX_ROWS) {
        all.leftOut += 1;
        return null;
      }
      networks.set(network, rows + 1);
      const { leftOut } = all;
      all = { ...all, rows: all.rows + 1, leftOut: 0 };
      return { leftOut };
    },
  };
}

/** For how long the last row was written. */
let lastWriteMs = 0;

const gate = processSingleton("mgs.refused-sign-ins", () => createRefusalGate());

/**
 * Writes that a sign-in was refused. Each attempt at an account that exists gets a row, since its limits bound them. Whoever tries
 * made-up accounts, or made-up passkeys, cannot fill the trail: their rows are bounded together, and the next row tells how many were
 * left out.
 * @param refused.userId unset for an account that does not exist, and for a passkey: what names it may be made up
 */
export async function auditRefusedSignIn(
  database: Database,
  { userId, ip, method }: { userId: number | undefined; ip: string; method?: "passkey" },
): Promise<void> {
  const admitted = userId === undefined ? gate().admit(visitorNetwork(ip)) : { leftOut: 0 };
  // The time of the answer must not tell an account that exists, whose row is always written, from one that does not.
  if (!admitted) return void (await setTimeout(lastWriteMs));
  const startedAt = performance.now();
  await audit(database, {
    actor: { kind: "visitor" },
    action: "sign-in.refused",
    userId,
    details: { ...(method ? { method } : {}), ...(admitted.leftOut > 0 ? { left_out: admitted.leftOut } : {}) },
  });
  lastWriteMs = performance.now() - startedAt;
}
