import { openDiscussionFloor } from "../discussion/floor";
import { type Load, measureLoads } from "../discussion/load";
import { openDiscussionProduct } from "../discussion/product";
import { PERSON_COUNT, QUICK_PERSON_COUNT } from "../discussion/side";
import type { Suite } from "../suite";

const LOADS: readonly Load[] = [
  { perSecond: 20, seconds: 120, floorSeconds: 30, aimMs: { answered: 500, seen: 500 } },
  { perSecond: 2, seconds: 60, floorSeconds: 30, aimMs: { answered: 100, seen: 100 } },
];

/** People with open dossiers, who write comments. */
export const discussion: Suite = async (world, { quick }) => {
  const personCount = quick ? QUICK_PERSON_COUNT : PERSON_COUNT;
  const product = await openDiscussionProduct(world, personCount);
  const floor = await openDiscussionFloor(world, personCount);
  const measured = { suite: "discussion", what: "comments", loads: LOADS, personCount, quick };
  return measureLoads(world, { product, floor }, measured);
};
