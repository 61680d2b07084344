import * as oauth from "oauth4webapi";
import { expect, test } from "vitest";
import { TestBrowser } from "../testing/browser";
import { REDIRECT_URI, TEST_SECRET } from "../testing/provider-server";
import { follow } from "../testing/relying-party";
import { useCertification } from "../testing/use-certification";

/** A relying party on oauth4webapi, which checks what each answer has to be by the specifications. */

const certification = useCertification();
const OPTIONS = { [oauth.allowInsecureRequests]: true };
const AUTH = oauth.ClientSecretBasic(TEST_SECRET);

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(certification.op.issuer);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, OPTIONS));
}

test("a person's whole sign-in: code with PKCE, userinfo, refresh, introspection, revocation", async () => {
  const as = await discover();
  const rp: oauth.Client = { client_id: "third" };
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ];
  const query = new URLSearchParams({
    ...{
      client_id: rp.client_id,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: "openid profile",
      state,
      nonce,
    },
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const { callback } = await follow(certification.op, new TestBrowser(), `${as.authorization_endpoint}?${query}`);
  const parameters = oauth.validateAuthResponse(as, rp, callback, state);
  const exchanged = await oauth.authorizationCodeGrantRequest(
    as,
    rp,
    AUTH,
    parameters,
    REDIRECT_URI,
    verifier,
    OPTIONS,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, rp, exchanged, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, exchanged, OPTIONS);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  expect(claims).toMatchObject({ sub: "1", name: "U 1" });
  const asked = await oauth.userInfoRequest(as, rp, tokens.access_token, OPTIONS);
  expect(await oauth.processUserInfoResponse(as, rp, claims?.sub ?? "", asked)).toMatchObject({ name: "U 1" });

  const renewal = await oauth.refreshTokenGrantRequest(as, rp, AUTH, tokens.refresh_token ?? "", OPTIONS);
  const renewed = await oauth.processRefreshTokenResponse(as, rp, renewal);
  const introspect = async () => {
    const answer = await oauth.introspectionRequest(as, rp, AUTH, renewed.access_token, OPTIONS);
    return (await oauth.processIntrospectionResponse(as, rp, answer)).active;
  };
  expect(await introspect()).toBe(true);
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, rp, AUTH, renewed.access_token, OPTIONS));
  expect(await introspect()).toBe(false);
});

test("a program's token by client credentials, and the error of a wrong secret", async () => {
  const as = await discover();
  const robot: oauth.Client = { client_id: "robot" };
  const request = (secret: string) =>
    oauth.clientCredentialsGrantRequest(as, robot, oauth.ClientSecretPost(secret), {}, OPTIONS);
  const tokens = await oauth.processClientCredentialsResponse(as, robot, await request(TEST_SECRET));
  expect(tokens.scope).toBe("notifications:send");
  await expect(oauth.processClientCredentialsResponse(as, robot, await request("wrong"))).rejects.toMatchObject({
    name: expect.stringMatching(/Error$/),
    status: 401,
  });
});

test("an answer that was changed on its way is refused: state, issuer, code", async () => {
  const as = await discover();
  const rp: oauth.Client = { client_id: "third" };
  const answer = (changes: Record<string, string>) =>
    oauth.validateAuthResponse(
      as,
      rp,
      new URLSearchParams({ code: "a-code", state: "a-state", iss: as.issuer, ...changes }),
      "a-state",
    );
  expect(() => answer({ state: "another" })).toThrow();
  expect(() => answer({ iss: "https://evil.example" })).toThrow();
  const parameters = answer({});
  const verifier = oauth.generateRandomCodeVerifier();
  const sent = await oauth.authorizationCodeGrantRequest(as, rp, AUTH, parameters, REDIRECT_URI, verifier, OPTIONS);
  await expect(oauth.processAuthorizationCodeResponse(as, rp, sent)).rejects.toMatchObject({ error: "invalid_grant" });
});
