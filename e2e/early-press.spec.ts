import type { BrowserContext, Page } from "@playwright/test";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const accountMenu = (page: Page) => page.getByRole("banner").locator('[aria-haspopup="menu"]').last();

/** Opens a dashboard whose scripts are held back until `release` is called, as by a slow network. */
async function openWithoutScripts(browser: BrowserContext) {
  const page = await browser.newPage();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${urlOf("commercial")}/dashboard`, { waitUntil: "commit" });
  return { page, release, bell: page.getByTestId("bell"), account: accountMenu(page) };
}

test("a press before the page's scripts have come is done once they have: the latest one, once", async ({
  signedIn,
}) => {
  const { page, release, bell, account } = await openWithoutScripts(await signedIn(ADMIN));
  await account.click();
  await bell.click();
  await bell.press("Enter");
  await expect(bell).toHaveAttribute("aria-expanded", "false");
  release();
  // Twice would have shut it again, and the other menu would be the one that is open.
  await expect(bell).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("dialog", { name: "Notifications" })).toBeVisible();
  await expect(account).toHaveAttribute("aria-expanded", "false");
  // From now on presses are the page's own.
  await bell.click();
  await expect(bell).toHaveAttribute("aria-expanded", "false");
  await bell.click();
  await expect(bell).toHaveAttribute("aria-expanded", "true");
});

test("a press is dropped when the person goes on to something else before the page's scripts have come", async ({
  signedIn,
}) => {
  const { page, release, bell, account } = await openWithoutScripts(await signedIn(ADMIN));
  await bell.click();
  await page.getByRole("heading", { level: 1 }).click();
  release();
  // The menu opens by a press that the scripts answer; the bell would have opened before.
  await expect(async () => {
    if ((await account.getAttribute("aria-expanded")) === "false") await account.click();
    await expect(account).toHaveAttribute("aria-expanded", "true", { timeout: 1_000 });
  }).toPass();
  await expect(bell).toHaveAttribute("aria-expanded", "false");
});
