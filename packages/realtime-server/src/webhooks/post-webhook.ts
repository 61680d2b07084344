import type { AppKey, WebhookTarget } from "../apps";
import { sign } from "../auth/hmac";

/** Time limit of one request, its answer included. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Sends one signed body.
 * @param body signed as it is: the receiver computes the signature over the same bytes
 * @param signal aborts the request
 * @returns undefined after success, else the problem, without a secret
 */
export async function postWebhook(
  { url, headers }: WebhookTarget,
  key: AppKey,
  body: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json",
        "x-pusher-key": key.key,
        "x-pusher-signature": sign(key.secret, body),
      },
      body,
      // A redirect would send the app's events to an address that no setting names.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    // The body is not used, but a connection is reused only when its answer was read.
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** `fetch` hides the reason in a cause; its own message may hold the address, and an address may hold a secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const { cause } = error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return error.name === "TypeError" ? "no address that can be posted to" : error.name;
}
