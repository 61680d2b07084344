import { expect, type Page } from "@playwright/test";

/**
 * Waits until a page that was loaded has put its streamed parts in their places. Until then a part may be in the document twice: as the
 * server sent it, hidden, and as React made it meanwhile. Locators by role pass the hidden one over, those by text or label do not.
 */
export async function expectStreamed(page: Page): Promise<void> {
  await expect(page.locator('[hidden][id^="S:"]')).toHaveCount(0);
}
