import fc from "fast-check";

type EventFate = "arrives" | "lost" | "doubled";
/** What somebody does to a message that their page shows. */
const ACTS = ["answer", "edit", "delete", "react", "read", "unread", "jump"] as const;
export type Act = (typeof ACTS)[number];
/** What somebody does with a conversation, their page, or their network. */
const PAGE_ACTS = ["mute", "archive", "leave", "add", "older", "newer", "reload", "away", "back"] as const;
export type PageAct = (typeof PAGE_ACTS)[number];
/** One of the things that three people, the network and time do. `who` is which of them, `where` which of the two conversations. */
export type Step =
  | { do: "write" | PageAct; who: number; where: number; flag: boolean }
  /** Something is done to the n-th of the messages that the page shows, the newest first. */
  | { do: Act; who: number; where: number; which: number }
  /** The n-th of the events on their way arrives, is lost, or arrives and stays on its way. */
  | { do: "event"; who: number; which: number; fate: EventFate }
  /** Time goes by, and the worker tells of what is unread. */
  | { do: "wait"; minutes: number };

const who = fc.nat({ max: 2 });
const where = fc.nat({ max: 1 });
const flag = fc.boolean();
/** Draws a step; what people write and what arrives is drawn most. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("write" as const), who, where, flag }) },
  {
    weight: 10,
    arbitrary: fc.record({
      ...{ do: fc.constant("event" as const), who, which: fc.nat({ max: 5 }) },
      fate: fc.constantFrom<EventFate>("arrives", "arrives", "lost", "doubled"),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom(...ACTS), who, where, which: fc.nat({ max: 7 }) }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constantFrom(...PAGE_ACTS, "add", "add"), who, where, flag }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 16) }) },
);
