import { createHash } from "node:crypto";
import { REDIRECT_URI, TEST_SECRET } from "./provider-server";

/** A verifier for requests that no library builds, and its challenge (RFC 7636 section 4.2). */
export const RAW_VERIFIER = "v".repeat(43);
export const RAW_CHALLENGE = createHash("sha256").update(RAW_VERIFIER).digest("base64url");

/**
 * The query of an authorization request of the client `portal`, which no library has checked.
 * @param changes `undefined` leaves a parameter out
 */
export function authorizationQuery(changes: Record<string, string | undefined> = {}): URLSearchParams {
  const parameters = {
    client_id: "portal",
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid",
    state: "a-state",
    code_challenge: RAW_CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  };
  return new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** The `Authorization` of a test client. */
export const basicOf = (clientId: string, secret = TEST_SECRET): string =>
  `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;

/** Posts a form to an endpoint for programs as a client. */
export async function postAs(
  url: string,
  clientId: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { authorization: basicOf(clientId) };
  const response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

/** Exchanges a code of a request by `authorizationQuery`. */
export const exchange = (issuer: string, clientId: string, form: Record<string, string>) =>
  postAs(`${issuer}/oauth/token`, clientId, {
    grant_type: "authorization_code",
    redirect_uri: REDIRECT_URI,
    code_verifier: RAW_VERIFIER,
    ...form,
  });
