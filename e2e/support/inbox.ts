import type { InboxCount } from "@mgs/notifications/contract/answers";
import { unreadCountApiPath } from "@mgs/notifications/contract/links";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { expectHydrated } from "./streamed";

/** A count that changes under way is asked for anew after this time. */
const POLL_MS = 1_000;

/** Locates the visible toasts; with a titre, those of that notification. */
export function toasts(page: Page, titre?: string): Locator {
  const all = page.getByTestId("toast");
  return titre === undefined ? all : all.filter({ hasText: titre });
}

/**
 * Records all toasts that the pages of a browser show from now on, in their order, also after they have disappeared. Call it
 * before the first page is opened.
 */
export async function recordToasts(context: BrowserContext): Promise<readonly { page: Page; text: string }[]> {
  const shown: { page: Page; text: string }[] = [];
  await context.exposeBinding("toastShown", ({ page }, text: string) => shown.push({ page, text }));
  await context.addInitScript(() => {
    const { toastShown } = window as unknown as { toastShown: (text: string) => void };
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        // Several that come at once are one addition, the newest first.
        const toasts = node instanceof Element ? node.querySelectorAll('[data-testid="toast"]') : [];
        for (const toast of [...toasts].reverse()) toastShown(toast.textContent);
      }
    }).observe(document, { childList: true, subtree: true });
  });
  return shown;
}

export async function expectCount(page: Page, count: number, timeout?: number): Promise<void> {
  await expect(page.getByTestId("bell")).toHaveAttribute(
    "data-count",
    String(count),
    timeout === undefined ? {} : { timeout },
  );
}

/**
 * Expects that a page's bell counts what the inbox counts, for people whom other tests notify meanwhile: whoever signs in for the first
 * time in a worker's browser hears of a new device.
 */
export async function expectCountOfInbox(page: Page): Promise<void> {
  const portal = new URL(page.url()).origin;
  await expect(async () => {
    const answer = await page.request.get(`${portal}${unreadCountApiPath()}`);
    const { data } = (await answer.json()) as { data: InboxCount };
    await expectCount(page, data.count, POLL_MS);
  }).toPass();
}

/** Prefixes of the channels of a live page: of the person, the session, people online, and the connection's sign-in. */
const LIVE_CHANNEL_PREFIXES = [
  "private-App.Models.User.",
  "private-session.",
  "presence-online-users",
  "#server-to-user-",
];

/** Opens a page and waits until its socket is signed in and has joined all of its channels, and its controls react. */
export async function openLive(page: Page, url: string): Promise<void> {
  // A page that was here before may open its socket only now, until its successor comes.
  if (page.url() !== "about:blank") await page.goto("about:blank");
  return untilLive(page, () => page.goto(url));
}

/** Opens a page anew, and waits for the same: a toast of what happens before would not be shown. */
export function reloadLive(page: Page): Promise<void> {
  return untilLive(page, () => page.reload());
}

async function untilLive(page: Page, load: () => Promise<unknown>): Promise<void> {
  const listening = new Promise<void>((resolve) => {
    page.on("websocket", (socket) => {
      const missing = new Set(LIVE_CHANNEL_PREFIXES);
      socket.on("framereceived", ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { event?: string; channel?: string };
        if (frame.event !== "pusher_internal:subscription_succeeded") return;
        for (const start of missing) if (frame.channel?.startsWith(start)) missing.delete(start);
        if (missing.size === 0) resolve();
      });
    });
  });
  await load();
  await expect(page.getByTestId("bell")).toBeVisible();
  await listening;
  await expectHydrated(page);
}

/** Opens the bell's panel. */
export async function openBell(page: Page): Promise<Locator> {
  await page.getByTestId("bell").click();
  const panel = page.getByRole("dialog");
  await expect(panel).toBeVisible();
  return panel;
}

/** Locates the row of one notification in a list. */
export function row(within: Page | Locator, id: string): Locator {
  return within.locator(`[data-notification="${id}"]`);
}
