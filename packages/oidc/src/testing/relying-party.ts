import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import * as client from "openid-client";
import type { TestBrowser } from "./browser";
import { REDIRECT_URI, startProvider, TEST_SECRET, type TestProvider } from "./provider-server";

/** The real provider on a database of its own. Person 1 is of the direction, 2 an administrator; there is no client yet. */
export type ProviderStage = { db: TestDatabase; op: TestProvider; close(): Promise<void> };

export async function createProviderStage(): Promise<ProviderStage> {
  const db = await createTestDatabase();
  const roles = { 1: "direction", 2: "administrateur" };
  await db.database.user.createMany({
    data: Object.entries(roles).map(([id, role]) => ({
      ...{ id: Number(id), email: `u${id}@mgs.mg`, name: `U ${id}`, passwordHash: "-" },
      role,
    })),
  });
  const op = await startProvider(db.database);
  return {
    db,
    op,
    async close() {
      await op.close();
      await db.drop();
    },
  };
}

/** A client of the provider, as the library of relying parties knows it. */
export function discoverClient(op: TestProvider, clientId: string): Promise<client.Configuration> {
  return client.discovery(new URL(op.issuer), clientId, undefined, client.ClientSecretBasic(TEST_SECRET), {
    execute: [client.allowInsecureRequests],
  });
}

/** An authorization request with PKCE, and what its answer has to be checked against. */
export async function buildAuthorization(config: client.Configuration, more: Record<string, string> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const parameters = { scope: "openid profile email", state: client.randomState(), ...more };
  const { href: url } = client.buildAuthorizationUrl(config, {
    ...parameters,
    redirect_uri: REDIRECT_URI,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  return { url, checks: { pkceCodeVerifier, expectedState: parameters.state } };
}

/**
 * Follows an authorization request to the client, and answers the pages on its way as `userId`.
 * @returns `callback`: where the browser arrived; `forms`: how many pages a person had to answer
 */
export async function follow(op: TestProvider, browser: TestBrowser, url: string, userId = 1) {
  let location = url;
  let forms = 0;
  while (!location.startsWith(REDIRECT_URI)) {
    if (new URL(location, op.issuer).pathname.startsWith("/interaction/")) {
      forms++;
      location = await op.answerInteraction(browser, location, userId);
    }
    const response = await browser.request(new URL(location, op.issuer).href);
    location = response.headers.get("location") ?? "";
    if (location === "") throw new Error(`stuck at ${response.status} ${await response.text()}`);
  }
  return { callback: new URL(location), forms };
}

/** Walks a whole sign-in of `userId`, silently where the browser is known. */
export async function signIn(
  op: TestProvider,
  browser: TestBrowser,
  { clientId, userId = 1, scope }: { clientId: string; userId?: number; scope?: string },
) {
  const config = await discoverClient(op, clientId);
  const { url, checks } = await buildAuthorization(config, scope === undefined ? {} : { scope });
  const { callback, forms } = await follow(op, browser, url, userId);
  return { config, tokens: await client.authorizationCodeGrant(config, callback, checks), checks, callback, forms };
}
export type SignedIn = Awaited<ReturnType<typeof signIn>>;
