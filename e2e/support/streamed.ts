import { expect, type Page } from "@playwright/test";

/**
 * Waits until a page that was loaded has put its streamed parts in their places. Until then a part may be in the document twice: as the
 * server sent it, hidden, and as React made it meanwhile. Locators by role pass the hidden one over, those by text or label do not.
 */
export async function expectStreamed(page: Page): Promise<void> {
  await expect(page.locator('[hidden][id^="S:"]')).toHaveCount(0);
}

/**
 * Waits until React handles events of all controls of a page's content. It hydrates streamed parts one by one, some after the shell's
 * socket is open, and loses what a person does in a part before.
 */
export async function expectHydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // Controls that are still to come, or wait at the document's end for their place, are in no list of those that stand in the content.
    if (document.readyState === "loading" || document.querySelector('[hidden][id^="S:"]')) return false;
    const controls = [...document.querySelectorAll("main :is(button, input, select, textarea)")];
    return controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$")));
  });
}
