/** One try that failed: the status of the portal's refusal, or null for no answer, one that came too late, or one that is none. */
export type AuthorizationFailure = { status: number | null };

type AuthorizationRequest = {
  endpoint: string;
  fields: Record<string, string>;
  /** False once the socket is another one: its authorization would be refused. */
  stillWanted: () => boolean;
  /** Hears of each try that failed; the next one comes by itself. */
  onFailure?: (failure: AuthorizationFailure) => void;
  fetcher?: typeof fetch;
  /** Resolves after that many milliseconds; tests pass their own. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Milliseconds until a try counts as failed. */
  timeoutMs?: number;
};

const AUTHORIZATION_TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 500;
/** A portal that is away comes back at some moment, and then for all. */
const LONGEST_WAIT_MS = 15_000;
/** A refusal seldom changes. */
const LONGEST_WAIT_AFTER_REFUSAL_MS = 60_000;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Posts the form that pusher-js would post, and repeats, with growing pauses, until the portal grants it: pusher-js itself
 * would wait without end, or leave the channel unsubscribed for as long as the socket lives. Refusals are repeated too, for
 * one may be a moment's (a right that was just given, a portal that was just starting).
 * @returns what pusher-js sends on; null when the socket changed meanwhile
 */
export async function requestAuthorization<T>(request: AuthorizationRequest): Promise<T | null> {
  const { stillWanted, onFailure, wait = sleep } = request;
  for (let delay = FIRST_WAIT_MS; stillWanted(); delay *= 2) {
    const result = await tryOnce<T>(request);
    if (!stillWanted()) return null;
    if ("data" in result) return result.data;
    onFailure?.(result);
    const { status } = result;
    const isRefusal = status !== null && status >= 400 && status < 500 && status !== 429;
    delay = Math.min(delay, isRefusal ? LONGEST_WAIT_AFTER_REFUSAL_MS : LONGEST_WAIT_MS);
    await wait(delay);
  }
  return null;
}

async function tryOnce<T>(request: AuthorizationRequest): Promise<{ data: T } | AuthorizationFailure> {
  const { endpoint, fields, fetcher = fetch, timeoutMs = AUTHORIZATION_TIMEOUT_MS } = request;
  try {
    // The limit holds for the body too: an answer whose end never comes is none.
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
