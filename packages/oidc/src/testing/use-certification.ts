import * as client from "openid-client";
import { beforeAll } from "vitest";
import type { TestBrowser } from "./browser";
import { insertTestClient, REDIRECT_URI, TEST_SECRET } from "./provider-server";
import { follow } from "./relying-party";
import { useProviderStage } from "./use-provider-stage";

/** The clients of a certification: registered by hand, of no portal, and exempt from PKCE, which the plans do not send. */
export const CLIENT = "certification";
export const SECOND_CLIENT = "certification-2";

/** A provider with the clients of a certification; `openid-client` is the relying party. */
export function useCertification() {
  const stage = useProviderStage();
  beforeAll(async () => {
    for (const id of [CLIENT, SECOND_CLIENT])
      await insertTestClient(stage.db.database, id, {
        firstParty: false,
        pkceExempt: true,
        backchannelLogoutUri: "https://rp.example/backchannel_logout",
      });
  });

  const discover = (clientId = CLIENT, auth = client.ClientSecretBasic(TEST_SECRET)) =>
    client.discovery(new URL(stage.op.issuer), clientId, undefined, auth, { execute: [client.allowInsecureRequests] });

  /** An authorization request as the plans send it: state and nonce, no PKCE. */
  async function request(parameters: Record<string, string> = {}, config?: client.Configuration) {
    const checks = { expectedState: client.randomState(), expectedNonce: client.randomNonce() };
    const { expectedState: state, expectedNonce: nonce } = checks;
    const own = { redirect_uri: REDIRECT_URI, scope: "openid", state, nonce };
    const { href } = client.buildAuthorizationUrl(config ?? (await discover()), { ...own, ...parameters });
    return { url: href, checks };
  }

  return {
    get op() {
      return stage.op;
    },
    get db() {
      return stage.db;
    },
    discover,
    request,
    /** Walks an authorization as person 1, who answers what is asked, and exchanges its code. */
    async authorize(browser: TestBrowser, parameters: Record<string, string> = {}, config?: client.Configuration) {
      const used = config ?? (await discover());
      const { url, checks } = await request(parameters, used);
      const { callback, forms } = await follow(stage.op, browser, url);
      const tokens = await client.authorizationCodeGrant(used, callback, checks);
      return { config: used, callback, checks, forms, tokens, claims: tokens.claims() };
    },
    /** Where one request of the browser leads to. */
    async ask(browser: TestBrowser, parameters: Record<string, string> = {}): Promise<URL> {
      const { url } = await request(parameters);
      return new URL((await browser.request(url)).headers.get("location") ?? "", stage.op.issuer);
    },
  };
}
