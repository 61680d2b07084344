import { describe, expect, it } from "vitest";
import { createInFlight, type OwnMessage } from "./in-flight";

const message = (topic: string): OwnMessage => ({ appId: "app", topic, message: { kind: "terminate" } });
const ignore = () => undefined;

describe("messages on their way", () => {
  it("what comes back takes along what was published before it on the same channel, in order", () => {
    const inFlight = createInFlight();
    const [one, other, two, three] = [message("a"), message("b"), message("a"), message("a")];
    inFlight.add("a", one, ignore);
    inFlight.add("b", other, ignore);
    const second = inFlight.add("a", two, ignore);
    const third = inFlight.add("a", three, ignore);
    expect(inFlight.take("a", second)).toEqual([one, two]);
    expect(inFlight.take("a", third)).toEqual([three]);
    expect(inFlight.takeAll()).toEqual([other]);
  });

  it("a late return is for nobody, and takes nothing along", () => {
    const inFlight = createInFlight();
    const first = inFlight.add("a", message("a"), ignore);
    const second = inFlight.add("a", message("a"), ignore);
    inFlight.take("a", second);
    inFlight.add("a", message("a"), ignore);
    expect(inFlight.take("a", first)).toEqual([]);
    expect(inFlight.takeAll()).toHaveLength(1);
  });

  it("a mark that comes back takes along what was published before it and nothing else", () => {
    const inFlight = createInFlight();
    const [before, after] = [message("a"), message("a")];
    inFlight.add("a", before, ignore);
    const mark = inFlight.mark();
    inFlight.add("a", after, ignore);
    expect(inFlight.takeBefore("a", mark)).toEqual([before]);
    expect(inFlight.takeAll()).toEqual([after]);
  });

  it("what is taken or forgotten is not waited for any more", () => {
    const inFlight = createInFlight();
    const ended: string[] = [];
    inFlight.add("b", message("b"), () => ended.push("b"));
    const number = inFlight.add("a", message("a"), () => ended.push("a"));
    inFlight.take("a", number);
    inFlight.forget("b");
    expect(ended).toEqual(["a", "b"]);
    expect(inFlight.takeAll()).toEqual([]);
  });
});
