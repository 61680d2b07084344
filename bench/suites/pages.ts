import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PORTALS } from "@mgs/core/portals";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { percentile } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS } from "../world";

/** Each portal's dashboard as a signed-in person gets it: time until it is whole, its bytes, and its scripts'. */
export const pages: Suite = async ({ instance }, { quick }) => {
  const lines: Line[] = [];
  const browser = new TestBrowser();
  for (const portal of PORTALS) {
    const home = instance.urls[portal];
    await open(browser, `${home}/login/oauth`, instance.urls.administration);
    const times: number[] = [];
    let html = "";
    for (let index = 0; index < (quick ? 3 : 25); index++) {
      const startedAt = performance.now();
      const response = await browser.request(`${home}/dashboard`, { headers: { "accept-encoding": "identity" } });
      html = await response.text();
      if (response.status !== 200) throw new Error(`${home}/dashboard was answered ${response.status}`);
      if (index > 2 || quick) times.push(performance.now() - startedAt);
    }
    const line = (what: string, unit: Line["unit"], value: number, aim: number | null = null): Line => ({
      ...{ suite: "pages", what: `dashboard of ${portal}: ${what}`, unit, value, floor: null, aim },
    });
    lines.push(line("server time, p50", "ms", percentile(times, 50)));
    lines.push(line("page, gzip", "kB", gzipSync(html).length / 1_024));
    const scripts = [
      ...new Set([...html.matchAll(/src="(\/_next\/static\/[^"]+\.js)[^"]*"/g)].map(([, path]) => path ?? "")),
    ];
    const sizes = await Promise.all(
      scripts.map(async (path) => gzipSync(await (await fetch(home + path)).text()).length),
    );
    const all = sizes.reduce((sum, size) => sum + size, 0) / 1_024;
    const framework = frameworkBytes(portal, scripts) / 1_024;
    lines.push(line("scripts beyond Next and React, gzip", "kB", all - framework, 60));
  }
  return lines;
};

/** Scripts that every page has, whatever is on it: what Next and React weigh by themselves. */
function frameworkBytes(portal: string, scripts: readonly string[]): number {
  const folder = join(import.meta.dirname, "..", "..", "apps", portal, ".next");
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(
    readFileSync(join(folder, "build-manifest.json"), "utf8"),
  );
  const own = new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles].map((file) => `/_next/${file}`));
  return scripts
    .filter((path) => own.has(path))
    .reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path.slice("/_next/".length)))).length, 0);
}

/** Follows a sign-in to its end, answering the form. */
async function open(browser: TestBrowser, start: string, administration: string): Promise<void> {
  let url = start;
  for (let hops = 0; hops < 20; hops++) {
    const response = await browser.request(url);
    const location = response.headers.get("location");
    await response.arrayBuffer();
    if (location) url = new URL(location, url).href;
    else if (new URL(url).pathname.startsWith("/interaction/")) {
      const answer = await browser.request(`${administration}${new URL(url).pathname}/login`, {
        method: "POST",
        headers: { accept: "application/json", origin: administration },
        body: new URLSearchParams(CREDENTIALS),
      });
      const { data }: { data: { redirect: string } } = await answer.json();
      url = new URL(data.redirect, url).href;
    } else return;
  }
  throw new Error(`the sign-in at ${start} goes round for ever`);
}
