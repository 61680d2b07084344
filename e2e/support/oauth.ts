import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SCOPES } from "@mgs/core/scopes";
import { type BrowserContext, expect } from "@playwright/test";
import * as oidc from "openid-client";
import { type Client, createClient } from "./cli";
import { urlOf } from "./instance";

/** A third-party client: a registered client with a page of its own. */
export type ThirdParty = {
  name: string;
  config: oidc.Configuration;
  redirectUri: string;
  /** The redirect URI of its logouts. */
  home: string;
  close(): Promise<void>;
};

export async function startThirdParty(): Promise<ThirdParty> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Tiers</title><h1>Tiers</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const redirectUri = `${home}retour`;
  const name = "Agenda partagé";
  const scopes = ["--scope", SCOPES.join(" ")];
  const client = await createClient(
    "--name",
    name,
    "--redirect-uri",
    redirectUri,
    "--post-logout-redirect-uri",
    home,
    ...scopes,
  );
  return {
    name,
    config: await discover(client),
    redirectUri,
    home,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function discover({ client_id, client_secret }: Client): Promise<oidc.Configuration> {
  return oidc.discovery(new URL(urlOf("administration")), client_id, undefined, oidc.ClientSecretBasic(client_secret), {
    execute: [oidc.allowInsecureRequests],
  });
}

/** Creates an authorization request of the third party, and a function that exchanges its code. */
export async function authorizationRequest({ config, redirectUri }: ThirdParty, more: Record<string, string> = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: SCOPES.join(" "),
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    ...more,
  }).href;
  return {
    url,
    finish: (back: string) => oidc.authorizationCodeGrant(config, new URL(back), { pkceCodeVerifier, expectedState }),
  };
}

/** Gets an access token of the signed-in person by the code flow with consent. */
export async function userToken({ request }: BrowserContext, third: ThirdParty): Promise<string> {
  const administration = urlOf("administration");
  const { url, finish } = await authorizationRequest(third);
  let location = url;
  for (let step = 0; !location.startsWith(third.redirectUri); step++) {
    expect(step, `still at ${location}`).toBeLessThan(6);
    const { href, pathname } = new URL(location, administration);
    const answer = pathname.startsWith("/interaction/")
      ? await request.post(`${administration}${pathname}/consent`, {
          headers: { origin: administration },
          form: { decision: "accept" },
          maxRedirects: 0,
        })
      : await request.get(href, { maxRedirects: 0 });
    expect([302, 303], `${answer.status()} from ${location}`).toContain(answer.status());
    location = answer.headers().location ?? "nowhere";
  }
  return (await finish(location)).access_token;
}

/** Gets an access token of a machine client. */
export async function machineToken(): Promise<string> {
  const client = await createClient("--name", "Robot", "--machine", "--scope", "notifications:send");
  const tokens = await oidc.clientCredentialsGrant(await discover(client), { scope: "notifications:send" });
  return tokens.access_token;
}
