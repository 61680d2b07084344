import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@mgs/core/environment";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { startTestSmtp } from "@mgs/email/testing/smtp-server";
import { type Heartbeat, startHeartbeat } from "@mgs/observability/processes/start-heartbeat";
import { insertTestClient, startProvider, TEST_SECRET } from "@mgs/oidc/testing/provider-server";
import { createRealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { Installation } from "../doctor/installation";

const KEY = Buffer.alloc(32, 7).toString("base64");

/** Nothing listens at this port, because systems assign no ephemeral port below 1024. */
export const CLOSED_PORT = 2;

async function listen(answer: Parameters<typeof createServer>[1]): Promise<{ port: number; close(): Promise<void> }> {
  // A request fails when the server closes its idle connection at the same moment.
  const server = createServer({ keepAliveTimeout: 120_000 }, answer ?? (() => undefined));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { port: typeof address === "object" && address ? address.port : 0, close };
}

/** An installation without a fault, for all tests of a file: every process and server that the doctor asks is there. */
export function useHealthyInstallation() {
  let folder: string;
  let testDatabase: TestDatabase;
  let healthy: Installation;
  let heartbeat: Heartbeat;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mgs-doctor-"));
    testDatabase = await createTestDatabase();
    const { database, url } = testDatabase;
    const provider = await startProvider(database);
    const portal = await listen((_, response) => response.end("{}"));
    const smtp = await startTestSmtp();
    const realtime = createRealtimeServer({ apps: [{ id: "mgs", keys: [{ key: "mgs-key", secret: "mgs-secret" }] }] });
    await realtime.listen(0);
    heartbeat = startHeartbeat({ database, logger: createLogger("test", "silent") }, "worker");
    ends.push(
      () => heartbeat.stop(),
      () => realtime.close(),
      smtp.close,
      portal.close,
      provider.close,
    );

    // Its first heartbeat is under way.
    await vi.waitFor(async () => expect(await database.processHeartbeat.count()).toBe(1), { timeout: 20_000 });

    const origin = `http://localhost:${portal.port}`;
    const redirectUri = `${origin}/api/auth/callback/mgs`;
    for (const id of ["commercial", "gestion-dossier"]) {
      await insertTestClient(database, id, { redirectUris: [redirectUri] });
    }
    const client = (id: string) => ({
      OAUTH_CLIENT_ID: id,
      OAUTH_CLIENT_SECRET: TEST_SECRET,
      OAUTH_REDIRECT_URI: redirectUri,
      OAUTH_SERVER_URL: provider.issuer,
      NEXTAUTH_URL: origin,
      NEXTAUTH_SECRET: "n".repeat(40),
    });
    healthy = {
      environments: {
        administration: {
          DATABASE_URL: url,
          REDIS_URL: process.env.MGS_TEST_REDIS_URL,
          OAUTH_SERVER_URL: provider.issuer,
          ADMINISTRATION_URL: origin,
          MGS_KEY_ENCRYPTION_KEY: KEY,
          PUSHER_APP_ID: "mgs",
          PUSHER_APP_KEY: "mgs-key",
          PUSHER_APP_SECRET: "mgs-secret",
          PUSHER_HOST: "localhost",
          PUSHER_PORT: String(realtime.port),
          PUSHER_SCHEME: "http",
        },
        commercial: client("commercial"),
        "gestion-dossier": client("gestion-dossier"),
        worker: { SMTP_URL: smtp.url, MAIL_FROM: "MGS <mgs@example.com>" },
      },
      secretProblems: [],
      realtimeProblems: [],
      dataDir: folder,
    };
  });
  afterAll(async () => {
    for (const end of ends) await end();
    await testDatabase.drop();
    await rm(folder, { recursive: true });
  });

  return {
    /** A folder of its own, which is removed at the end. */
    get folder() {
      return folder;
    },
    get database() {
      return testDatabase.database;
    },
    get healthy() {
      return healthy;
    },
    /** Of its worker. */
    get heartbeat() {
      return heartbeat;
    },
    /** Makes the healthy installation with changed variables of one process. */
    changed(name: keyof Installation["environments"], variables: Environment): Installation {
      const { environments } = healthy;
      return { ...healthy, environments: { ...environments, [name]: { ...environments[name], ...variables } } };
    },
  };
}
