import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { countUnchained, findLinkHash, findStrayEvent, readAnchor, readChain } from "./chain.repository";
import { type ChainLink, linkEvent } from "./event-hash";

/** Why a trail is not what was written: the first row that shows it. */
export type BrokenRow = {
  /** `removed`: its event or its link is gone. `changed`: its hash does not fit. `inserted`: it was never chained. `head`: not as expected. */
  reason: "removed" | "changed" | "inserted" | "head";
  /** Its number in the chain; null for a row that has none. */
  seq: string | null;
  /** Id of the event; null when it is not known any more. */
  event_id: string | null;
};

export type VerifiedTrail = {
  ok: boolean;
  /** Events that were verified. */
  events: number;
  /** Events that wait to be chained. */
  waiting: number;
  /** Number of the last event that retention has removed; "0" when it has removed none. */
  removed_through: string;
  head: { seq: string; hash: string };
  broken: BrokenRow | null;
};

const PAGE_ROWS = 2_000;

type VerifyOptions = {
  /** A head that was noted before, in the log or on paper: shows that the end of the trail was cut off. */
  expected?: ChainLink | undefined;
  progress?: ((events: number) => void) | undefined;
};

/** Reads the whole chain and compares each hash, page by page. @throws AppError FORBIDDEN */
export async function verifyTrail(
  { database }: { database: Database },
  actor: Actor,
  { expected, progress }: VerifyOptions = {},
): Promise<VerifiedTrail> {
  requirePermission(actor, "audit.read");
  let anchor = await readAnchor(database);
  let head = anchor;
  let events = 0;
  let broken: BrokenRow | null = null;
  for (let isLast = false; !isLast && !broken; ) {
    const page = await readChain(database, head.seq, PAGE_ROWS);
    isLast = page.length < PAGE_ROWS;
    for (const row of page) {
      if (row.seq !== head.seq + 1n || row.event === null) {
        // Retention may have removed this stretch since it was read.
        const moved = await readAnchor(database);
        if (moved.seq > anchor.seq && moved.seq > head.seq) {
          anchor = moved;
          head = moved;
          isLast = false;
        } else
          broken = { reason: "removed", seq: String(head.seq + 1n), event_id: row.event === null ? row.eventId : null };
        break;
      }
      const link = linkEvent(head, row.event);
      if (link.hash !== row.hash) {
        broken = { reason: "changed", seq: String(row.seq), event_id: row.eventId };
        break;
      }
      head = link;
      events++;
    }
    progress?.(events);
  }
  broken ??= await findStray(database);
  broken ??= await compareHead(database, expected);
  return {
    ok: broken === null,
    events,
    waiting: await countUnchained(database),
    removed_through: String(anchor.seq),
    head: { seq: String(head.seq), hash: head.hash },
    broken,
  };
}

async function findStray(database: Database): Promise<BrokenRow | null> {
  const stray = await findStrayEvent(database);
  return stray && { reason: stray.isGone ? "removed" : "inserted", seq: null, event_id: stray.id };
}

async function compareHead(database: Database, expected: ChainLink | undefined): Promise<BrokenRow | null> {
  if (!expected || (await findLinkHash(database, expected.seq)) === expected.hash) return null;
  return { reason: "head", seq: String(expected.seq), event_id: null };
}
