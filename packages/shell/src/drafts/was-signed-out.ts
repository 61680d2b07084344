import { boolean, object } from "@mgs/core/shape";
import { endedSessionApiPath } from "@mgs/identity/links";

const answer = object({ data: object({ signed_out: boolean }) });
/** Short, because a form waits for the answer. */
const TIMEOUT_MS = 2_000;

/** Whether the person has ended one of their own sign-ins themself; null when the server does not answer. */
export async function wasSignedOut(userSessionId: string): Promise<boolean | null> {
  try {
    const response = await fetch(endedSessionApiPath(userSessionId), {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    return response.ok && answer(body) ? body.data.signed_out : null;
  } catch {
    return null;
  }
}
