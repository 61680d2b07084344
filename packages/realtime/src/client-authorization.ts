/** A failed try: the status of the portal's refusal, or null without an answer in time, or with an invalid one. */
export type AuthorizationFailure = { status: number | null };

type AuthorizationRequest = {
  endpoint: string;
  fields: Record<string, string>;
  /** False once the socket has been replaced: its authorization would be refused. */
  isStillWanted: () => boolean;
  /** Called with each failed try; the next one follows by itself. */
  onFailure?: (failure: AuthorizationFailure) => void;
  fetcher?: typeof fetch;
  /** Resolves after that many milliseconds; tests pass their own. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Milliseconds until a try counts as failed. */
  timeoutMs?: number;
};

const AUTHORIZATION_TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 500;
/** Longest wait without an answer of the portal. */
const MAX_WAIT_MS = 15_000;
/** Longest wait after a refusal, which seldom changes. */
const MAX_WAIT_AFTER_REFUSAL_MS = 60_000;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Posts the form that pusher-js would post, and repeats, with growing pauses, until the portal grants it: pusher-js itself
 * would wait without end, or leave the channel unsubscribed for as long as the socket lives. Refusals are repeated too,
 * because one may be temporary (a right that was just granted, a portal that was starting).
 * @returns the authorization for pusher-js; null when the socket was replaced meanwhile
 */
export async function requestAuthorization<T>(request: AuthorizationRequest): Promise<T | null> {
  const { isStillWanted: stillWanted, onFailure, wait = sleep } = request;
  for (let delay = FIRST_WAIT_MS; stillWanted(); delay *= 2) {
    const result = await postAuthorization<T>(request);
    if (!stillWanted()) return null;
    if ("data" in result) return result.data;
    onFailure?.(result);
    const { status } = result;
    const isRefusal = status !== null && status >= 400 && status < 500 && status !== 429;
    delay = Math.min(delay, isRefusal ? MAX_WAIT_AFTER_REFUSAL_MS : MAX_WAIT_MS);
    await wait(delay);
  }
  return null;
}

async function postAuthorization<T>(request: AuthorizationRequest): Promise<{ data: T } | AuthorizationFailure> {
  const { endpoint, fields, fetcher = fetch, timeoutMs = AUTHORIZATION_TIMEOUT_MS } = request;
  try {
    // The time limit includes the body: an answer without an end fails.
    const response = await fetcher(endpoint, {
      method: "POST",
      cache: "no-store",
      headers: { accept: "application/json" },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { status: response.status };
    }
    return { data: await response.json() };
  } catch {
    return { status: null };
  }
}
