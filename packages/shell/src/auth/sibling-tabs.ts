/** Tabs of one browser that show the sign-in form tell each other when one of them has signed in. */
const CHANNEL = "mgs.signed-in";
/** The other tabs ask for the session several times, because the tab that signs in has to finish its redirects first. */
const CHECK_INTERVAL_MS = 700;
const CHECK_COUNT = 15;

/** Whether this tab has sent the form: it leaves by its own redirect, which a reload would cancel. */
let submittedHere = false;

/** Tells the other tabs that this one has signed in. */
export function announceSignIn(): void {
  submittedHere = true;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("submitted");
  channel.close();
}

/**
 * Calls `onSignedIn` once this browser has a session: soon after the sign-in of another tab, or when the tab is shown again.
 * @param signedIn asks the server
 * @returns a function that stops listening
 */
export function awaitSiblingSignIn(signedIn: () => Promise<boolean>, onSignedIn: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const check = async (remaining: number): Promise<void> => {
    clearTimeout(timer);
    if (stopped || submittedHere) return;
    if (await signedIn()) return stopped || submittedHere ? undefined : onSignedIn();
    if (remaining > 1) timer = setTimeout(() => void check(remaining - 1), CHECK_INTERVAL_MS);
  };
  const onVisibilityChange = () => {
    if (document.visibilityState === "visible") void check(1);
  };
  channel.addEventListener("message", () => void check(CHECK_COUNT));
  document.addEventListener("visibilitychange", onVisibilityChange);
  return () => {
    stopped = true;
    clearTimeout(timer);
    channel.close();
    document.removeEventListener("visibilitychange", onVisibilityChange);
  };
}
