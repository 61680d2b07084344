import { expect, test } from "vitest";
import { useCertification } from "../testing/use-certification";

/** The plan "Config OP" of the OpenID Foundation, whose one module checks the discovery document (docs/conformance.md). */

const certification = useCertification();

test("oidcc-discovery-endpoint-verification", async () => {
  const { issuer } = certification.op;
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("application/json");
  const document = (await answer.json()) as Record<string, unknown>;
  expect(document).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    userinfo_endpoint: `${issuer}/oauth/userinfo`,
    jwks_uri: `${issuer}/oauth/jwks`,
    subject_types_supported: ["public"],
    response_types_supported: expect.arrayContaining(["code"]),
    grant_types_supported: expect.arrayContaining(["authorization_code", "refresh_token", "client_credentials"]),
    id_token_signing_alg_values_supported: expect.arrayContaining(["RS256"]),
    scopes_supported: expect.arrayContaining(["openid", "profile", "email"]),
    claims_supported: expect.arrayContaining(["sub", "name", "email"]),
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256"],
    request_uri_parameter_supported: false,
  });
  const keys = (await (await fetch(String(document.jwks_uri))).json()) as { keys: Record<string, unknown>[] };
  expect(keys.keys.length).toBeGreaterThan(0);
  for (const key of keys.keys) {
    expect(key).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", kid: expect.any(String) });
    for (const secret of ["d", "p", "q", "dp", "dq", "qi", "k"]) expect(key).not.toHaveProperty(secret);
  }
});
