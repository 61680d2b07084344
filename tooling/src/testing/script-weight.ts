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
  const loaded = noteScripts(page);
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

  const framework = readFramework(portal);
  const weigh = (files: Set<string>, isFramework: boolean) =>
    weighFiles(
      portal,
      [...files].filter((file) => framework.has(file) === isFramework),
    );
  return { framework: weigh(loaded, true), live: weigh(live, false), opened: weigh(loaded, false) };
}

/**
 * Weighs what one page loads beyond another one, which has the shell alone.
 * @returns bytes by the page's path, each file compressed by gzip
 */
export async function weighPages(
  open: () => Promise<Page>,
  portal: Portal,
  home: string,
  { shell, paths }: { shell: string; paths: readonly string[] },
): Promise<Map<string, number>> {
  const load = async (path: string): Promise<Set<string>> => {
    // What comes from the cache is a response as well: nothing is left out.
    const page = await open();
    const loaded = noteScripts(page);
    await page.goto(`${home}${path}`);
    await page.locator('[data-connection="connected"]').waitFor({ state: "attached" });
    await page.waitForLoadState("networkidle");
    await page.close();
    return loaded;
  };
  const known = await load(shell);
  const framework = readFramework(portal);
  const weights = new Map<string, number>();
  for (const path of paths) {
    const own = [...(await load(path))].filter((file) => !known.has(file) && !framework.has(file));
    weights.set(path, weighFiles(portal, own));
  }
  return weights;
}

/** Notes each script that a page loads from now on. */
function noteScripts(page: Page): Set<string> {
  const loaded = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/_next/") && pathname.endsWith(".js")) loaded.add(pathname.slice("/_next/".length));
  });
  return loaded;
}

const folderOf = (portal: Portal): string => join(ROOT, "apps", portal, ".next");

/** What Next loads for every page: itself and React. */
function readFramework(portal: Portal): Set<string> {
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(
    readFileSync(join(folderOf(portal), "build-manifest.json"), "utf8"),
  );
  return new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles]);
}

const weighFiles = (portal: Portal, files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folderOf(portal), file))).length, 0);
