import type { UserActor } from "@mgs/core/actor";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SILENT_PROCESS_RETENTION_SECONDS } from "../retention";
import { purgeHeartbeats, writeHeartbeat } from "./heartbeat.repository";
import { listProcesses } from "./list-processes";
import { startHeartbeat } from "./start-heartbeat";
import { reportProcess } from "./this-process";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const logger = createLogger("test", "error", { write: () => undefined });
const person = (role: UserActor["role"]): UserActor => ({
  kind: "user",
  userId: 1,
  role,
  locale: "fr",
  userSessionId: "s",
  clientId: "administration",
  scopes: [],
});
const list = () => listProcesses(test, person("administrateur"));

describe("processes", () => {
  it("are listed while they run, with their last error without its secrets", async () => {
    const heartbeat = startHeartbeat({ database: test.database, logger }, "worker", 20);
    logger.error({ err: new Error("connect to redis://:pa55@redis failed") }, "job failed");
    await expect
      .poll(async () => (await list())[0]?.last_error, { timeout: 15_000 })
      .toBe("job failed: Error: connect to redis://[hidden]@redis failed");
    expect(await list()).toMatchObject([{ name: "worker", pid: process.pid, state: "alive" }]);
    await heartbeat.stop();
    expect(await list()).toEqual([]);
  });

  it("are silent after three missed heartbeats, and deleted after an hour", async () => {
    const report = reportProcess();
    await writeHeartbeat(test.database, report);
    await test.database.processHeartbeat.updateMany({ data: { seenAt: new Date(Date.now() - 50_000) } });
    expect(await list()).toMatchObject([{ state: "silent" }]);
    expect(await purgeHeartbeats(test.database, SILENT_PROCESS_RETENTION_SECONDS, 10)).toBe(0);
    await test.database.processHeartbeat.updateMany({ data: { seenAt: new Date(Date.now() - 3_601_000) } });
    expect(await purgeHeartbeats(test.database, SILENT_PROCESS_RETENTION_SECONDS, 10)).toBe(1);
  });

  it.each(["direction", "commercial", "comptable"] as const)("are refused to the role %s", async (role) => {
    await expect(listProcesses(test, person(role))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
