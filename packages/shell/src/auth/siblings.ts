/** Tabs of one browser that show the sign-in form tell each other when one of them has been answered. */
const CHANNEL = "mgs.signed-in";
/** Milliseconds between looks, and how many: the tab that was answered still has to finish its redirects. */
const LOOK_EVERY = 700;
const LOOKS = 15;

/** This tab was the one that was answered: it leaves by its own redirect, and a reload would cancel that. */
let answeredHere = false;

export function announceSignIn(): void {
  answeredHere = true;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("submitted");
  channel.close();
}

/**
 * Calls `goOn` once this browser has a session: soon after a sibling's sign-in, or when the tab is seen again.
 * @param signedIn asks the server
 * @returns stops listening
 */
export function awaitSiblingSignIn(signedIn: () => Promise<boolean>, goOn: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const look = async (left: number): Promise<void> => {
    clearTimeout(timer);
    if (stopped || answeredHere) return;
    if (await signedIn()) return stopped || answeredHere ? undefined : goOn();
    if (left > 1) timer = setTimeout(() => void look(left - 1), LOOK_EVERY);
  };
  const seen = () => {
    if (document.visibilityState === "visible") void look(1);
  };
  channel.addEventListener("message", () => void look(LOOKS));
  document.addEventListener("visibilitychange", seen);
  return () => {
    stopped = true;
    clearTimeout(timer);
    channel.close();
    document.removeEventListener("visibilitychange", seen);
  };
}
