import { setTimeout as wait } from "node:timers/promises";
import { Browser } from "../browser";
import { Connection } from "../connection";
import { median } from "../measure";
import { measureUsage } from "../process-cost";
import type { Line } from "../report";
import { createSendRequest, sendAccepted } from "../sends";
import type { Suite } from "../suite";
import { CREDENTIALS, requestMachineToken, type World } from "../world";

const PROCESSES = [
  "administration",
  "commercial",
  "gestion-dossier",
  "worker",
  "realtime-server",
  "postgres",
  "redis",
] as const;
/** Pause between two pieces of work, so that none waits for another. */
const PAUSE_MS = 30;

type Work = { one: () => Promise<unknown>; end: () => void };

/**
 * Measures the CPU time of all processes together for one action of a person, less their idle use. A larger machine has to have
 * more of it.
 */
export const cost: Suite = async (world, { rounds, quick }) => {
  if (measureUsage(process.pid).cpu === 0) return [];
  const count = quick ? 10 : 200;
  const token = await requestMachineToken(world);
  const port = world.instance.ports.administration ?? 0;
  const works: Record<string, () => Promise<Work>> = {
    "a notification, sent and delivered both ways": async () => {
      const connection = await Connection.open(port);
      return { one: () => sendAccepted(connection, createSendRequest(token)), end: () => connection.close() };
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
    const idle = await measureIdleCpu(world, quick ? 1 : 10);
    lines.push(toLine("all processes while nothing is done, CPU a second", "ms", idle * 1_000));
    for (const [what, work] of Object.entries(works)) {
      const values: number[] = [];
      for (let round = 0; round < rounds; round++) values.push(await measureCpuMs(world, count, work, idle));
      lines.push({ ...toLine(`CPU of ${what}`, "ms", median(values)), rounds: { value: values, floor: [] } });
    }
    for (const name of PROCESSES) {
      lines.push(toLine(`memory of ${name}`, "MB", measureUsage(world.instance.pid(name)).memory / 1_024 ** 2));
    }
  } finally {
    await world.reset();
  }
  return lines;
};

function toLine(what: string, unit: Line["unit"], value: number): Line {
  return { suite: "cost", what, unit, value, floor: null, aim: null };
}

function readCpuSeconds({ instance }: World): number {
  return PROCESSES.reduce((sum, name) => sum + measureUsage(instance.pid(name)).cpu, 0);
}

async function measureIdleCpu(world: World, seconds: number): Promise<number> {
  const before = readCpuSeconds(world);
  await wait(seconds * 1_000);
  return (readCpuSeconds(world) - before) / seconds;
}

/** Measures the CPU milliseconds of one action, with its deliveries. */
async function measureCpuMs(world: World, count: number, open: () => Promise<Work>, idle: number): Promise<number> {
  // It opens a new connection, since the server closes one that is idle for long.
  const { one, end } = await open();
  const startedAt = performance.now();
  const before = readCpuSeconds(world);
  for (let index = 0; index < count; index++) {
    await one();
    await wait(PAUSE_MS);
  }
  end();
  await world.delivered();
  const seconds = (performance.now() - startedAt) / 1_000;
  return (1_000 * (readCpuSeconds(world) - before - idle * seconds)) / count;
}
