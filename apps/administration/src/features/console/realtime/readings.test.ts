import { describe, expect, it } from "vitest";
import { connectionsOf, type Reading, type ReplicaReading, ratesOf, withReading } from "./readings";

const replica = (id: string, messages_out: number, uptime_seconds = 1_000): ReplicaReading => ({
  id,
  host: "h",
  pid: 1,
  version: "1",
  started_at: "2026-11-21T00:00:00.000Z",
  uptime_seconds,
  connections: 2,
  channels: 1,
  users: 1,
  published: 0,
  delivered: 0,
  messages_in: 0,
  messages_out,
  bytes_out: 0,
  slow_clients_closed: 0,
  memory_rss: 1,
  uptime: "",
  memory: "",
});
const reading = (seconds: number, ...replicas: ReplicaReading[]): Reading => ({
  at: seconds * 1_000,
  problem: null,
  channels: 1,
  replicas,
});

describe("rates", () => {
  it.each<[string, Reading[], number[]]>([
    ["nothing of one reading", [reading(0, replica("a", 5))], []],
    ["growth a second", [reading(0, replica("a", 5)), reading(5, replica("a", 15))], [2]],
    [
      "of all processes",
      [reading(0, replica("a", 5), replica("b", 0)), reading(5, replica("a", 15), replica("b", 20))],
      [6],
    ],
    ["by the process's own clock", [reading(0, replica("a", 5, 100)), reading(5, replica("a", 13, 104))], [2]],
    ["a restart under the same id", [reading(0, replica("a", 500)), reading(5, replica("a", 10, 3))], [2]],
    ["a restart under another id", [reading(0, replica("a", 500)), reading(5, replica("b", 10, 3))], [2]],
    [
      "a process seen for the first time",
      [reading(0, replica("a", 0)), reading(5, replica("a", 5), replica("b", 900))],
      [1],
    ],
    ["a process that went", [reading(0, replica("a", 0), replica("b", 900)), reading(5, replica("a", 5))], [1]],
  ])("%s", (_what, readings, rates) => {
    expect(ratesOf(readings, "messages_out")).toEqual(rates);
  });

  it("of one process alone", () => {
    const readings = [reading(0, replica("a", 0), replica("b", 0)), reading(5, replica("a", 5), replica("b", 50))];
    expect(ratesOf(readings, "messages_out", "b")).toEqual([10]);
  });
});

describe("readings", () => {
  it("are kept in their order, as many as a chart shows", () => {
    let readings: readonly Reading[] = [];
    for (let second = 0; second < 500; second += 5) readings = withReading(readings, reading(second, replica("a", 0)));
    expect(readings).toHaveLength(61);
    expect(readings.at(-1)?.at).toBe(495_000);
    expect(connectionsOf(readings)).toEqual(Array(61).fill(2));
  });

  it("older ones, repeated ones and failures change nothing", () => {
    const readings = [reading(10, replica("a", 0))];
    expect(withReading(readings, reading(10, replica("a", 0)))).toBe(readings);
    expect(withReading(readings, reading(5, replica("a", 0)))).toBe(readings);
    expect(withReading(readings, { ...reading(15), problem: "away" })).toBe(readings);
  });

  it("begin anew after a long silence", () => {
    expect(withReading([reading(0, replica("a", 0))], reading(60, replica("a", 9)))).toHaveLength(1);
  });
});
