import { afterAll, beforeAll } from "vitest";
import type { TestBrowser } from "./browser";
import { insertTestClient } from "./provider-server";
import { createProviderStage, discoverClient, type ProviderStage, signIn } from "./relying-party";

/**
 * A provider for all tests of a file, with the clients `portal` and `portal-2`, `third`, which is not ours, and `robot`, a
 * machine.
 */
export function useProviderStage() {
  let stage: ProviderStage;
  beforeAll(async () => {
    stage = await createProviderStage();
    const { database } = stage.db;
    await insertTestClient(database, "portal");
    await insertTestClient(database, "portal-2");
    await insertTestClient(database, "third", { firstParty: false, scopes: ["openid", "profile"] });
    await insertTestClient(database, "robot", { machine: true, redirectUris: [], scopes: ["notifications:send"] });
  });
  afterAll(() => stage?.close());
  return {
    get db() {
      return stage.db;
    },
    get op() {
      return stage.op;
    },
    deps: () => ({ database: stage.db.database, sealer: stage.op.sealer }),
    discover: (clientId = "portal") => discoverClient(stage.op, clientId),
    signIn: (browser: TestBrowser, userId: number, clientId = "portal", scope?: string) =>
      signIn(stage.op, browser, { userId, clientId, ...(scope === undefined ? {} : { scope }) }),
  };
}
