import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Portal } from "@mgs/core/portals";
import type { Page } from "@playwright/test";
import { ROOT } from "../paths";

/** Scripts of a dashboard in bytes, each compressed by gzip. */
export type ScriptWeight = {
  /** Scripts that Next loads for every page: itself and React. */
  framework: number;
  /** The rest, until the page is idle with its bell live. */
  live: number;
  /** The rest, once panel, menus and a toast have been shown as well. */
  opened: number;
};

/**
 * Weighs what a browser really loads, prefetched scripts included.
 * @param sendToast has a notification sent to who is signed in
 */
export async function weighDashboard(
  page: Page,
  portal: Portal,
  home: string,
  sendToast: () => Promise<unknown>,
): Promise<ScriptWeight> {
  const loaded = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/_next/") && pathname.endsWith(".js")) loaded.add(pathname.slice("/_next/".length));
  });
  await page.goto(`${home}/dashboard`);
  await page.locator('[data-connection="connected"]').waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  const live = new Set(loaded);

  await page.getByTestId("bell").click();
  await page.getByRole("dialog").waitFor();
  for (const button of await page.locator('header button[aria-haspopup="menu"]').all()) {
    await button.click();
    await page.getByRole("menu").waitFor();
  }
  await sendToast();
  await page.getByTestId("toast").first().waitFor();
  await page.waitForLoadState("networkidle");

  const folder = join(ROOT, "apps", portal, ".next");
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(
    readFileSync(join(folder, "build-manifest.json"), "utf8"),
  );
  const framework = new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles]);
  const weigh = (files: Set<string>, isFramework: boolean) =>
    [...files]
      .filter((file) => framework.has(file) === isFramework)
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  return { framework: weigh(loaded, true), live: weigh(live, false), opened: weigh(loaded, false) };
}
