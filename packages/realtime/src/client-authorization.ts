/** The server's answer to an authorization request: what pusher-js sends on, or a refusal that a retry would not change. */
export type AuthorizationResult<T> = { ok: true; data: T } | { ok: false; status: number };

type AuthorizationRequest = {
  endpoint: string;
  fields: Record<string, string>;
  /** False once the socket is another one: its authorization would be refused. */
  stillWanted: () => boolean;
  fetcher?: typeof fetch;
  /** Resolves after that many milliseconds; tests pass their own. */
  wait?: (milliseconds: number) => Promise<void>;
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Posts the form that pusher-js would post, and repeats while the portal is unreachable or failing: pusher-js itself
 * would leave the channel unsubscribed for as long as the socket lives.
 * @returns null when the socket changed meanwhile
 */
export async function requestAuthorization<T>(request: AuthorizationRequest): Promise<AuthorizationResult<T> | null> {
  const { endpoint, fields, stillWanted, fetcher = fetch, wait = sleep } = request;
  for (let delay = FIRST_WAIT; stillWanted(); delay = Math.min(delay * 2, LONGEST_WAIT)) {
    const response = await fetcher(endpoint, {
      method: "POST",
      cache: "no-store",
      headers: { accept: "application/json" },
      body: new URLSearchParams(fields),
    }).catch(() => null);
    if (response?.ok) {
      const data: T | null = await response.json().catch(() => null);
      if (data !== null) return stillWanted() ? { ok: true, data } : null;
    } else if (response && response.status >= 400 && response.status < 500 && response.status !== 429) {
      return { ok: false, status: response.status };
    }
    await wait(delay);
  }
  return null;
}
