import { expect, it, vi } from "vitest";
import type { RedisContext } from "./context";
import { createDues } from "./dues";
import { createKeys } from "./keys";
import { createOwnState } from "./own-state";
import { defaultTimings } from "./redis-cluster";
import { CHANGE, type Script } from "./scripts";
import type { Session } from "./session";
import type { Topics } from "./topics";

/** A connection that answers everything in its order, and a while after it was asked; `log` is what it was asked. */
function createAnsweringSession(log: string[]): Session {
  let last: Promise<unknown> = Promise.resolve();
  const answer = <T>(value: T): Promise<T> => {
    last = last.then(() => new Promise(setImmediate));
    return last.then(() => value);
  };
  const client = {
    sadd: () => answer(1),
    hset: () => answer(1),
    zrangebyscore: () => answer([]),
    hdel(_registry: string, name: string) {
      log.push(`unregister ${name}`);
      return answer(1);
    },
  };
  const session = {
    publishCommand: "SPUBLISH",
    isOpen: true,
    run: (command: (on: typeof client) => unknown) => command(client),
    runScript(script: Script, [key = ""]: readonly string[], args: readonly (string | number)[]) {
      if (script !== CHANGE) return answer(["0"]);
      const [, , , count = ""] = args;
      if (count !== "") log.push(`count ${count} ${/presence-\d+/.exec(key)?.[0]}`);
      return answer(["ok", "1", 0, count === "" ? "0" : "1", 0, Number(count === 0), [], []]);
    },
  };
  return session as unknown as Session;
}

it("keeps a topic in the registry until its end is told, however many end together", async () => {
  const log: string[] = [];
  const context = {
    keys: createKeys("test:"),
    timings: { ...defaultTimings, timeoutMs: 5 },
    origin: "origin",
    replica: "origin.1",
    session: createAnsweringSession(log),
    receiver: { raise: () => undefined, counted: () => undefined },
  } as unknown as RedisContext;
  const dues = createDues(context);
  const own = createOwnState(context, { get: () => undefined } as unknown as Topics, dues);
  // More than are told in one batch.
  const names = Array.from({ length: 500 }, (_, index) => `presence-${index}`);
  await Promise.all(names.map((name) => own.join("app", name, { userId: "1", info: undefined }, 100)));
  for (const name of names) own.count("app", name, 1);
  await own.flush();
  log.length = 0;

  for (const name of names) {
    own.leave("app", name, "1");
    own.count("app", name, 0);
  }
  await own.flush();
  await vi.waitFor(
    () => expect(log.filter((line) => line.startsWith("unregister"))).toHaveLength(names.length),
    15_000,
  );
  const early = names.filter((name) => log.indexOf(`unregister ${name}`) < log.indexOf(`count 0 ${name}`));
  expect(early).toEqual([]);
  dues.stop();
});
