import { startFloor } from "../children";
import { measureInterleaved, measureThroughput } from "../measure";
import type { Line } from "../report";
import { createSendRequest, openConnections, sendAccepted } from "../sends";
import type { Suite } from "../suite";
import { warmUp } from "../warm-up";
import { requestMachineToken, type World } from "../world";

/** Measures the sends that are accepted a second. A 201 means committed, on both sides. */
export const accept: Suite = async (world, { rounds, seconds, quick }) => {
  const token = await requestMachineToken(world);
  const floor = await startFloor("accept.ts", { DATABASE_URL: world.floorDatabaseUrl });
  const administration = world.instance.ports.administration ?? 0;
  const measure = (port: number, senders: number) => async () => {
    await world.reset();
    const open = await openConnections(port, senders);
    const work = open.map((connection) => () => sendAccepted(connection, createSendRequest(token)));
    await measureThroughput(work, 300);
    const { perSecond } = await measureThroughput(work, seconds * 1_000);
    for (const connection of open) connection.close();
    return { perSecond };
  };
  const lines: Line[] = [];
  try {
    await warmUp(world, token, [administration, floor.port], quick);
    for (const senders of [1, 16]) {
      const results = await measureInterleaved(rounds, [
        { name: "product", round: withWorkerPaused(world, measure(administration, senders)) },
        { name: "delivering", round: measure(administration, senders) },
        { name: "floor", round: withWorkerPaused(world, measure(floor.port, senders)) },
      ]);
      const title = `POST accepted, ${senders} sender${senders > 1 ? "s" : ""}`;
      const of = (name: string) => results[name]?.median.perSecond ?? Number.NaN;
      const all = (name: string) => results[name]?.rounds.map(({ perSecond }) => perSecond ?? 0) ?? [];
      const line = (name: string) => ({
        value: of(name),
        floor: of("floor"),
        rounds: { value: all(name), floor: all("floor") },
      });
      lines.push(
        { suite: "accept", what: title, unit: "/s", aim: 0.5, ...line("product") },
        { suite: "accept", what: `${title}, while the worker delivers`, unit: "/s", aim: null, ...line("delivering") },
      );
    }
  } finally {
    await floor.stop();
    await world.reset();
  }
  return lines;
};

/** Pauses the worker during a round, since the floor delivers nothing either. */
function withWorkerPaused<T>({ instance }: World, round: () => Promise<T>): () => Promise<T> {
  return async () => {
    instance.signal("worker", "SIGSTOP");
    try {
      return await round();
    } finally {
      instance.signal("worker", "SIGCONT");
    }
  };
}
