import { setTimeout as wait } from "node:timers/promises";
import { Browser } from "../browser";
import { Connection } from "../connection";
import { median } from "../measure";
import { usageOf } from "../process-cost";
import type { Line } from "../report";
import { accepted, send } from "../sends";
import type { Suite } from "../suite";
import { CREDENTIALS, machineToken, type World } from "../world";

const PROCESSES = [
  "administration",
  "commercial",
  "gestion-dossier",
  "worker",
  "realtime-server",
  "postgres",
  "redis",
] as const;
/** Milliseconds between two of what is measured: work that does not wait for other work. */
const PAUSE = 30;

type Work = { one: () => Promise<unknown>; end: () => void };

/**
 * CPU time of all processes together for one of what people do, beyond what they use while nothing is done. This is what
 * a larger machine has to have more of.
 */
export const cost: Suite = async (world, { rounds, quick }) => {
  if (usageOf(process.pid).cpu === 0) return [];
  const count = quick ? 10 : 200;
  const token = await machineToken(world);
  const port = world.instance.ports.administration ?? 0;
  const works: Record<string, () => Promise<Work>> = {
    "a notification, sent and delivered both ways": async () => {
      const connection = await Connection.open(port);
      return { one: () => accepted(connection, send(token)), end: () => connection.close() };
    },
    "a password sign-in": async () => {
      const browser = await Browser.open(port);
      const one = () => {
        browser.forget();
        return browser.signIn(CREDENTIALS);
      };
      return { one, end: () => browser.close() };
    },
    "a look at the inbox": async () => {
      const browser = await Browser.open(port);
      const { access_token } = await browser.signIn(CREDENTIALS);
      const headers = { authorization: `Bearer ${access_token}` };
      return { one: () => browser.ask("GET", "/api/notifications?limit=20", { headers }), end: () => browser.close() };
    },
  };
  const lines: Line[] = [];
  try {
    await world.reset();
    const idle = await cpuPerSecond(world, quick ? 1 : 10);
    lines.push(line("all processes while nothing is done, CPU a second", "ms", idle * 1_000));
    for (const [what, work] of Object.entries(works)) {
      const values: number[] = [];
      for (let round = 0; round < rounds; round++) values.push(await cpuOf(world, count, work, idle));
      lines.push({ ...line(`CPU of ${what}`, "ms", median(values)), rounds: { value: values, floor: [] } });
    }
    for (const name of PROCESSES) {
      lines.push(line(`memory of ${name}`, "MB", usageOf(world.instance.pid(name)).memory / 1_024 ** 2));
    }
  } finally {
    await world.reset();
  }
  return lines;
};

function line(what: string, unit: Line["unit"], value: number): Line {
  return { suite: "cost", what, unit, value, floor: null, aim: null };
}

function cpuNow({ instance }: World): number {
  return PROCESSES.reduce((sum, name) => sum + usageOf(instance.pid(name)).cpu, 0);
}

async function cpuPerSecond(world: World, seconds: number): Promise<number> {
  const before = cpuNow(world);
  await wait(seconds * 1_000);
  return (cpuNow(world) - before) / seconds;
}

/** CPU milliseconds of one, deliveries that follow included. */
async function cpuOf(world: World, count: number, open: () => Promise<Work>, idle: number): Promise<number> {
  // A connection of its own: one that waits for long is closed by the server.
  const { one, end } = await open();
  const startedAt = performance.now();
  const before = cpuNow(world);
  for (let index = 0; index < count; index++) {
    await one();
    await wait(PAUSE);
  }
  end();
  await world.delivered();
  const seconds = (performance.now() - startedAt) / 1_000;
  return (1_000 * (cpuNow(world) - before - idle * seconds)) / count;
}
