import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { clientSecretMatches } from "../client-secret";
import { findClient } from "../clients.repository";
import { type CreateClientInput, createClient } from "../create-client";

export const SYSTEM = { kind: "system", name: "test" } as const;
export const COLLEAGUE: UserActor = {
  kind: "user",
  userId: 2,
  role: "direction",
  locale: "fr",
  userSessionId: "019ab000-0000-7000-8000-000000000002",
  clientId: "administration",
  scopes: [...SCOPES],
};
export const WEB = { name: "Agenda", redirectUris: ["https://agenda.mgs.mg/retour"] };

/** A database without clients for each test of a file. */
export function useClientStage() {
  let db: TestDatabase;
  let now = new Date();
  /** The trail is append-only: a test reads what came after its own beginning. */
  let since = uuidv7();
  const tokensEnded: string[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db?.drop());
  beforeEach(async () => {
    now = new Date();
    since = uuidv7();
    tokensEnded.length = 0;
    await db.database.client.deleteMany();
    await db.database.clientUse.deleteMany();
  });

  const deps = () => ({
    database: db.database,
    clock: { ...systemClock, now: () => now },
    identityHooks: [{ onClientTokensEnd: async (_: unknown, id: string) => void tokensEnded.push(id) }],
    enqueuer: { enqueue: async () => true, close: async () => undefined },
    countLiveAccessTokens: async () => 3,
  });
  return {
    get database() {
      return db.database;
    },
    deps,
    /** Clients whose tokens were ended. */
    tokensEnded,
    now: () => now,
    create: (input: CreateClientInput = WEB) => createClient(deps(), SYSTEM, input),
    async opens(id: string, secret: string): Promise<boolean> {
      const client = await findClient(db.database, id);
      return client !== null && clientSecretMatches(deps(), client, secret);
    },
    trail: () => db.database.auditEvent.findMany({ where: { id: { gt: since } }, orderBy: { id: "asc" } }),
  };
}
