import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { TestBrowser } from "../testing/browser";
import { insertTestClient } from "../testing/provider-server";
import { follow } from "../testing/relying-party";
import { useCertification } from "../testing/use-certification";

const certification = useCertification();
const { ask, discover, request } = certification;
const INVALID_GRANT = { error: "invalid_grant" };

describe("the exemption from PKCE", () => {
  test.each([
    ["plain", { code_challenge: "v".repeat(43), code_challenge_method: "plain" }],
    ["no method, which means plain", { code_challenge: "v".repeat(43) }],
  ])("lets nobody send %s", async (_name, parameters) => {
    expect((await ask(new TestBrowser(), parameters)).searchParams.get("error")).toBe("invalid_request");
  });

  test("takes nothing from a client that sends a challenge: its code needs the verifier, and the other way round", async () => {
    const config = await discover();
    const challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
    const bound = await request({ code_challenge: challenge, code_challenge_method: "S256" }, config);
    const first = await follow(certification.op, new TestBrowser(), bound.url);
    await expect(client.authorizationCodeGrant(config, first.callback, bound.checks)).rejects.toMatchObject(
      INVALID_GRANT,
    );
    const plain = await request({}, config);
    const second = await follow(certification.op, new TestBrowser(), plain.url);
    const checks = { ...plain.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    await expect(client.authorizationCodeGrant(config, second.callback, checks)).rejects.toMatchObject(INVALID_GRANT);
  });

  test("begins and ends with the next request, in a provider that runs", async () => {
    const { database } = certification.db;
    await insertTestClient(database, "old-library", { firstParty: false });
    const config = await discover("old-library");
    const error = async () => {
      const { url } = await request({}, config);
      const answer = new URL(
        (await new TestBrowser().request(url)).headers.get("location") ?? "",
        certification.op.issuer,
      );
      return answer.searchParams.get("error");
    };
    expect(await error()).toBe("invalid_request");
    await database.client.update({ where: { id: "old-library" }, data: { pkceExempt: true } });
    expect(await error()).toBeNull();
    await database.client.update({ where: { id: "old-library" }, data: { pkceExempt: false } });
    expect(await error()).toBe("invalid_request");
  });
});
