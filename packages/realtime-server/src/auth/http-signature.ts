import { createHash, timingSafeEqual } from "node:crypto";
import type { App } from "../apps";
import { isSignature } from "./hmac";

/** A request's timestamp may differ from our clock by this much, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 600;

export type SignedRequest = { method: string; path: string; query: URLSearchParams; body: Buffer };

/**
 * Authenticates a request of a publisher (HTTP API reference, "Generating authentication signatures").
 * @param now milliseconds
 * @returns the reason of a refusal, for the body of a 401; undefined when the request is authentic
 */
export function refusalOfRequest(request: SignedRequest, app: App, now: number): string | undefined {
  const params = new Map([...request.query].map(([name, value]) => [name.toLowerCase(), value] as const));
  const key = app.keys.find((candidate) => candidate.key === params.get("auth_key"));
  if (key === undefined) return "Unknown auth_key";
  if (params.get("auth_version") !== "1.0") return "Invalid auth_version: expected 1.0";

  const timestamp = params.get("auth_timestamp") ?? "";
  if (!/^\d{1,15}$/.test(timestamp)) return "Invalid auth_timestamp: expected seconds since the epoch";
  if (Math.abs(now / 1000 - Number(timestamp)) > CLOCK_TOLERANCE_SECONDS) {
    return `Timestamp expired: auth_timestamp must be within ${CLOCK_TOLERANCE_SECONDS} s of the server's time`;
  }

  const md5 = params.get("body_md5");
  if (md5 === undefined && request.body.length > 0) return "Missing body_md5";
  if (md5 !== undefined && !isMd5(md5, request.body)) return "Invalid body_md5: it does not match the body";

  const signature = params.get("auth_signature") ?? "";
  params.delete("auth_signature");
  const query = [...params]
    .sort(([a], [b]) => (a < b ? -1 : 1))
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
