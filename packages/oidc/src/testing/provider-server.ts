import { createServer } from "node:http";
import { createSealer, sha256 } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import { SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { createClientUseRecorder } from "@mgs/identity/clients/client-use-recorder";
import { insertClient } from "@mgs/identity/clients/clients.repository";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { acceptConsent } from "../consent";
import { followSettings } from "../follow-settings";
import { oidcHooks } from "../identity-hooks";
import { ensureSigningKey } from "../keys.repository";
import { finishLogin, openLogin } from "../login";
import { answerWithProvider } from "../mount";
import { createProvider } from "../provider";
import type { TestBrowser } from "./browser";

export const TEST_SECRET = "a-secret-of-the-test-client";
export const REDIRECT_URI = "http://localhost:9999/callback";

/** Enqueues nothing: tests look at the outbox rows themselves. */
export const silentEnqueuer: Enqueuer = { enqueue: async () => true, close: async () => undefined };

/**
 * The real provider behind a plain HTTP server on a free port.
 * @param publicOrigin how it is known behind TLS
 * @param now milliseconds, by which it finds out when to read its signing keys again
 */
export async function startProvider(database: Database, publicOrigin?: string, now: () => number = Date.now) {
  const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
  const logger = createLogger("test", "silent");
  await ensureSigningKey(database, sealer);
  // An idle connection that ends in the moment in which it is used again fails the request.
  const server = createServer({ keepAliveTimeout: 120_000 });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const listens = `http://localhost:${port}`;
  const issuer = publicOrigin ?? listens;
  const clientUses = createClientUseRecorder({ database, logger });
  const deps = { database, sealer, logger, enqueuer: silentEnqueuer, identityHooks: [oidcHooks], clientUses };
  const settings = { issuer, cookieSecrets: ["x".repeat(40)] };
  const currentProvider = followSettings(deps, (lifetimes) => createProvider(deps, { ...settings, lifetimes }), now);
  const provider = await currentProvider();
  server.on("request", (req, res) => {
    currentProvider()
      .then((current) => answerWithProvider(current, req, res, req.url ?? "/"))
      .catch(() => res.destroy());
  });
  return {
    issuer,
    /** Where it listens. */
    address: listens,
    provider,
    sealer,
    clientUses,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
    /** Answers the sign-in form (or the consent page) that a redirect led to, as administration's pages would. */
    async answerInteraction(browser: TestBrowser, location: string, userId: number): Promise<string> {
      const uid = location.split("/").pop() ?? "";
      const cookies = browser.cookies(new URL(location, issuer).pathname);
      const view = await provider.Interaction.find(uid);
      if (view?.prompt.name === "consent") return acceptConsent({ database, provider }, { uid, cookies });
      const open = await openLogin({ database, provider }, { uid, cookies });
      return finishLogin(database, open, { userId, userAgent: "test", ip: "127.0.0.1" });
    },
  };
}
export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

export async function insertTestClient(
  database: Database,
  id: string,
  overrides: Partial<Parameters<typeof insertClient>[1]> = {},
): Promise<void> {
  await insertClient(database, {
    id,
    name: id,
    secretHash: sha256(TEST_SECRET),
    firstParty: true,
    machine: false,
    redirectUris: [REDIRECT_URI],
    postLogoutRedirectUris: ["http://localhost:9999/"],
    backchannelLogoutUri: null,
    scopes: [...SCOPES],
    ...overrides,
  });
}
