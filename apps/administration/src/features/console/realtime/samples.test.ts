import { describe, expect, it } from "vitest";
import { addSample, connectionsOf, type ReplicaSample, ratesOf, type Sample } from "./samples";

const replica = (id: string, messages_out: number, uptime_seconds = 1_000): ReplicaSample => ({
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
const sample = (seconds: number, ...replicas: ReplicaSample[]): Sample => ({
  at: seconds * 1_000,
  problem: null,
  channels: 1,
  replicas,
});

describe("rates", () => {
  it.each<[string, Sample[], number[]]>([
    ["nothing of one sample", [sample(0, replica("a", 5))], []],
    ["growth a second", [sample(0, replica("a", 5)), sample(5, replica("a", 15))], [2]],
    [
      "of all processes",
      [sample(0, replica("a", 5), replica("b", 0)), sample(5, replica("a", 15), replica("b", 20))],
      [6],
    ],
    ["by the process's own clock", [sample(0, replica("a", 5, 100)), sample(5, replica("a", 13, 104))], [2]],
    ["a restart under the same id", [sample(0, replica("a", 500)), sample(5, replica("a", 10, 3))], [2]],
    ["a restart under another id", [sample(0, replica("a", 500)), sample(5, replica("b", 10, 3))], [2]],
    [
      "a process seen for the first time",
      [sample(0, replica("a", 0)), sample(5, replica("a", 5), replica("b", 900))],
      [1],
    ],
    ["a process that went", [sample(0, replica("a", 0), replica("b", 900)), sample(5, replica("a", 5))], [1]],
  ])("%s", (_what, samples, rates) => {
    expect(ratesOf(samples, "messages_out")).toEqual(rates);
  });

  it("of one process alone", () => {
    const samples = [sample(0, replica("a", 0), replica("b", 0)), sample(5, replica("a", 5), replica("b", 50))];
    expect(ratesOf(samples, "messages_out", "b")).toEqual([10]);
  });
});

describe("samples", () => {
  it("stay in their order, up to the limit of a chart", () => {
    let samples: readonly Sample[] = [];
    for (let second = 0; second < 500; second += 5) samples = addSample(samples, sample(second, replica("a", 0)));
    expect(samples).toHaveLength(61);
    expect(samples.at(-1)?.at).toBe(495_000);
    expect(connectionsOf(samples)).toEqual(Array(61).fill(2));
  });

  it("older, repeated and failed samples change nothing", () => {
    const samples = [sample(10, replica("a", 0))];
    expect(addSample(samples, sample(10, replica("a", 0)))).toBe(samples);
    expect(addSample(samples, sample(5, replica("a", 0)))).toBe(samples);
    expect(addSample(samples, { ...sample(15), problem: "away" })).toBe(samples);
  });

  it("begin anew after a long gap", () => {
    expect(addSample([sample(0, replica("a", 0))], sample(60, replica("a", 9)))).toHaveLength(1);
  });
});
