import { createHash, timingSafeEqual } from "node:crypto";
import type { App } from "../apps";
import { isSignature } from "./hmac";

/** Largest difference of a request's timestamp from this server's clock. */
const CLOCK_TOLERANCE_SECONDS = 600;

const AUTH_PARAMETERS = ["auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"] as const;

/** `params` come from `signedParams`: handlers have to act on the parameters that were signed. */
export type SignedRequest = { method: string; path: string; params: URLSearchParams; body: Buffer };

/** The parameters of a query as they are signed: names in lower case and sorted, the values of one name in their order. */
export function signedParams(query: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams([...query].map(([name, value]) => [name.toLowerCase(), value]));
  params.sort();
  return params;
}

/**
 * Authenticates a request of a publisher (HTTP API reference, "Generating authentication signatures").
 * @param now milliseconds
 * @returns the reason of a refusal, for the body of a 401; undefined when the request is authentic
 */
export function verifyRequest(request: SignedRequest, app: App, now: number): string | undefined {
  const { params } = request;
  const repeated = AUTH_PARAMETERS.find((name) => params.getAll(name).length > 1);
  if (repeated !== undefined) return `${repeated} is given more than once`;
  const key = app.keys.find((candidate) => candidate.key === params.get("auth_key"));
  if (key === undefined) return "Unknown auth_key";
  if (params.get("auth_version") !== "1.0") return "Invalid auth_version: expected 1.0";

  const timestamp = params.get("auth_timestamp") ?? "";
  if (!/^\d{1,15}$/.test(timestamp)) return "Invalid auth_timestamp: expected seconds since the epoch";
  if (Math.abs(now / 1000 - Number(timestamp)) > CLOCK_TOLERANCE_SECONDS) {
    return `Timestamp expired: auth_timestamp must be within ${CLOCK_TOLERANCE_SECONDS} s of the server's time`;
  }

  const md5 = params.get("body_md5");
  if (md5 === null && request.body.length > 0) return "Missing body_md5";
  if (md5 !== null && !isMd5(md5, request.body)) return "Invalid body_md5: it does not match the body";

  const signature = params.get("auth_signature") ?? "";
  const query = [...params]
    .filter(([name]) => name !== "auth_signature")
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const isAuthentic = signedPaths(request.path).some((path) =>
    isSignature(signature, key.secret, [request.method, path, query].join("\n")),
  );
  return isAuthentic ? undefined : "Invalid signature";
}

function isMd5(given: string, body: Buffer): boolean {
  const expected = Buffer.from(createHash("md5").update(body).digest("hex"));
  const actual = Buffer.from(given.toLowerCase());
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Libraries sign the path before their HTTP client encodes it: a user id outside ASCII arrives encoded. */
function signedPaths(path: string): string[] {
  try {
    return [path, decodeURI(path)];
  } catch {
    return [path];
  }
}
