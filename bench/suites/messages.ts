import { openDiscussionFloor } from "../discussion/floor";
import { type Load, measureLoads } from "../discussion/load";
import { PERSON_COUNT, QUICK_PERSON_COUNT } from "../discussion/side";
import { fillConversation, fillMessages } from "../messages/fill";
import { OPEN_LOOK_UPS, OWN_LOOK_UPS } from "../messages/look-ups";
import { openMessagesProduct } from "../messages/product";
import { measureScale } from "../scale";
import type { Suite } from "../suite";

const LOADS: readonly Load[] = [{ perSecond: 30, seconds: 120, floorSeconds: 30, aimMs: { answered: 500, seen: 150 } }];
const LENGTHS = { small: 100, large: 100_000 };
const COUNTS = { small: 50_000, large: 5_000_000 };
const QUICK_COUNTS = { small: 30_000, large: 60_000 };

/**
 * People in conversations of five who write messages; a conversation that opens with a hundred messages and with a hundred thousand; and one's own messages
 * and conversations among fifty thousand messages and among five million.
 */
export const messages: Suite = async (world, effort) => {
  const { quick } = effort;
  const personCount = quick ? QUICK_PERSON_COUNT : PERSON_COUNT;
  const product = await openMessagesProduct(world, personCount);
  const floor = await openDiscussionFloor(world, personCount);
  const measured = { suite: "messages", what: "messages", loads: LOADS, personCount, quick };
  const lines = await measureLoads(world, { product, floor }, measured);
  const lengths = { rowCounts: LENGTHS };
  lines.push(...(await measureScale(world, effort, "conversation", fillConversation, OPEN_LOOK_UPS, lengths)));
  const counts = { rowCounts: quick ? QUICK_COUNTS : COUNTS };
  return [...lines, ...(await measureScale(world, effort, "messages", fillMessages, OWN_LOOK_UPS, counts))];
};
