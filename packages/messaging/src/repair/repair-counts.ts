import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { countBehind, mendMembers, mendNewest } from "./differences.repository";

const HOUR_MS = 3_600_000;
/** Runs overlap, so that one that was left out is made up for by the next. */
const LOOK_BACK_MS = 25 * HOUR_MS;

/** What was found: nothing, as long as every write keeps its rows in agreement. */
export type Differences = {
  /** Conversations that named another message as their newest; mended. */
  newest: number;
  /** People who had read or been told of more than there was; mended. */
  members: number;
  /** Conversations whose number is behind their messages; nothing is mended, since somebody has to find out why. */
  behind: number;
};

/**
 * Compares what is noted of conversations with their messages, and mends what differs. What is unread is counted from the messages themselves, so there is
 * nothing of it to mend; it begins at places that are noted, and these are compared.
 */
export async function repairCounts(
  { database, logger }: { database: Database; logger: Logger },
  now: Date,
): Promise<Differences> {
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const newest = await mendNewest(database, since);
  const members = await mendMembers(database, since);
  const found = { newest, members, behind: await countBehind(database, since) };
  if (newest + members + found.behind > 0) logger.error(found, "conversations differed from their messages");
  else logger.info(found, "conversations agree with their messages");
  return found;
}
