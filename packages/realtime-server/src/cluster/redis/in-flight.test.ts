import { describe, expect, it } from "vitest";
import { createInFlight, type LocalMessage } from "./in-flight";

const message = (topic: string): LocalMessage => ({ appId: "app", topic, message: { kind: "terminate" } });
const ignore = () => undefined;

describe("messages on their way", () => {
  it("a message that returns takes along earlier ones of the same channel, in order", () => {
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

  it("a late return takes nothing, and nothing along", () => {
    const inFlight = createInFlight();
    const first = inFlight.add("a", message("a"), ignore);
    const second = inFlight.add("a", message("a"), ignore);
    inFlight.take("a", second);
    inFlight.add("a", message("a"), ignore);
    expect(inFlight.take("a", first)).toEqual([]);
    expect(inFlight.takeAll()).toHaveLength(1);
  });

  it("a marker that returns takes earlier messages and no others", () => {
    const inFlight = createInFlight();
    const [before, after] = [message("a"), message("a")];
    inFlight.add("a", before, ignore);
    const marker = inFlight.nextMarker();
    inFlight.add("a", after, ignore);
    expect(inFlight.takeBefore("a", marker)).toEqual([before]);
    expect(inFlight.takeAll()).toEqual([after]);
  });

  it("a message that is taken or dropped is not in flight any more", () => {
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
