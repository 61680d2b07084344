/** How long a press waits for its button: somebody who waited longer has given up, and would be surprised. */
const PRESS_TTL_MS = 30_000;
const POLL_MS = 50;

/**
 * It runs in the page before any other script; it is sent as text, so it uses nothing from outside. React answers a button once it has
 * hydrated it, and would lose a press from before, on a slow network or machine. The latest such press is kept, and done when its button
 * answers. Any press after it drops it: the person has moved on. Buttons that submit a form work without scripts.
 */
function keepEarlyPress(ttlMs: number, pollMs: number): void {
  // React writes its props on an element when it hydrates it.
  const answers = (button: Element) => Object.keys(button).some((key) => key.startsWith("__reactProps$"));
  let latest: Event | undefined;

  document.addEventListener(
    "click",
    (press) => {
      latest = press;
      const button = press.target instanceof Element ? press.target.closest("button") : null;
      if (button?.type !== "button" || answers(button)) return;
      const until = performance.now() + ttlMs;
      const retry = () => {
        if (latest !== press || !button.isConnected || performance.now() > until) return;
        if (answers(button)) button.click();
        else setTimeout(retry, pollMs);
      };
      // React may hydrate the button because of this press, and then answers it by itself.
      setTimeout(() => answers(button) || retry());
    },
    true,
  );
}

/** The text of a script for the head of every page: a press before React answers is done once it does. */
export const EARLY_PRESS_SCRIPT = `(${keepEarlyPress})(${PRESS_TTL_MS},${POLL_MS})`;
