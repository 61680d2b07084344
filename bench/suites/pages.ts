import { gzipSync } from "node:zlib";
import { PORTALS, type Portal } from "@mgs/core/portals";
import { chromium } from "@playwright/test";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { listBrowserArguments } from "../../tooling/src/testing/browser";
import { requireProgram } from "../../tooling/src/testing/programs";
import { type ScriptWeight, weighDashboard } from "../../tooling/src/testing/script-weight";
import { percentile } from "../measure";
import { signInAtPortal } from "../portal-sign-in";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS, requestMachineToken, type World } from "../world";

/** Measures each portal's dashboard for a signed-in person: the time until it is complete, its bytes, and those of its scripts. */
export const pages: Suite = async (world, { quick }) => {
  const { instance } = world;
  const lines: Line[] = [];
  const browser = new TestBrowser();
  for (const portal of PORTALS) {
    const home = instance.urls[portal];
    await signInAtPortal(browser, home, instance.urls.administration);
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
    const { framework, live, opened } = await measureScripts(world, portal);
    lines.push(line("scripts of Next and React, gzip", "kB", framework / 1_024));
    lines.push(line("scripts beyond these, bell live, gzip", "kB", live / 1_024, 60));
    lines.push(line("the same, with panel, menus and a toast shown", "kB", opened / 1_024, 60));
  }
  return lines;
};

/** Measures the dashboard's scripts in a browser with an empty cache. */
async function measureScripts(world: World, portal: Portal): Promise<ScriptWeight> {
  const { urls } = world.instance;
  const browser = await chromium.launch({
    executablePath: await requireProgram("chromium"),
    args: listBrowserArguments(),
  });
  try {
    const page = await browser.newPage({ locale: "fr-FR" });
    await page.goto(`${urls[portal]}/login/oauth`);
    await page.locator('input[name="email"]').fill(CREDENTIALS.email);
    await page.locator('input[name="password"]').fill(CREDENTIALS.password);
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(`${urls[portal]}/dashboard`);
    const me = await page.request.get(`${urls[portal]}/api/me`);
    const { data }: { data: { id: number } } = await me.json();
    const fresh = await browser.newPage({ storageState: await page.context().storageState(), locale: "fr-FR" });
    await page.close();
    return await weighDashboard(fresh, portal, urls[portal], async () => sendOne(world, data.id));
  } finally {
    await browser.close();
  }
}

async function sendOne(world: World, person: number): Promise<void> {
  const response = await fetch(`${world.instance.urls.administration}/api/notifications/send`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await requestMachineToken(world)}` },
    body: JSON.stringify({ user_id: person, type: "bench", titre: "Poids", message: "Un toast." }),
  });
  if (response.status !== 201) throw new Error(`a send was answered ${response.status}`);
}
