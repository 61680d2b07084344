import { boolean, object } from "@mgs/core/shape";

const answer = object({ data: object({ signed_out: boolean }) });
/** Milliseconds for the answer. A form waits for it. */
const TIMEOUT_MS = 2_000;

/** Whether the person ended one of their own sign-ins themself; null when that cannot be told now. */
export async function wasSignedOut(userSessionId: string): Promise<boolean | null> {
  try {
    const response = await fetch(`/api/me?${new URLSearchParams({ session: userSessionId })}`, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    return response.ok && answer(body) ? body.data.signed_out : null;
  } catch {
    return null;
  }
}
