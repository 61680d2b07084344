import { PORTALS, type Portal } from "@mgs/core/portals";
import { type BrowserContext, type Page, type Request, request as requests } from "@playwright/test";
import { de } from "./support/french";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { person } from "./support/people";
import { SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Other tabs have to leave for the sign-in page within this time after the answer to the logout. */
const MAX_LEAVE_MS = 2_000;

const who = person("Thierry Rakotoarisoa");

async function openPortals(context: BrowserContext): Promise<Record<Portal, Page>> {
  const entries = await Promise.all(
    PORTALS.map(async (portal) => {
      const page = await context.newPage();
      await openLive(page, `${urlOf(portal)}/profil`);
      return [portal, page] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<Portal, Page>;
}

for (const from of ["commercial", "administration"] as const) {
  test(`logout in ${from} ends the session in all portals; open tabs leave for the sign-in`, async ({ signedIn }) => {
    // The first logout of a portal is slower, since it opens connections and compiles code.
    const warm = await (await signedIn(who, { own: true })).request.post(`${urlOf(from)}/logout`, { maxRedirects: 0 });
    expect(warm.status()).toBe(303);
    const context = await signedIn(who, { own: true });
    const pages = await openPortals(context);
    const storageState = await context.storageState();
    const others = PORTALS.filter((portal) => portal !== from);
    const leaving = others.map(async (portal) => {
      const setsOff = (request: Request) => request.isNavigationRequest() && request.url().includes("/login/oauth");
      const left = await pages[portal].waitForRequest(setsOff);
      // The browser knows the times of a request once it is answered.
      await left.response();
      return left.timing().startTime;
    });

    const page = pages[from];
    await page.getByRole("button", { name: `Menu ${de(who.name)}` }).click();
    await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
    await expect(page).toHaveURL(`${urlOf(from)}/logout`);
    const answered = page.waitForResponse(
      (answer) => answer.request().method() === "POST" && /\/logout$/.test(answer.url()),
    );
    await page.getByRole("button", { name: "Se déconnecter" }).click();
    const answer = await answered;
    expect(answer.status()).toBe(303);
    // The times are those of the browser's clock: this process may learn of an event late.
    const { startTime, responseStart } = answer.request().timing();
    const answeredAt = startTime + responseStart;

    // Cookies from before the logout are refused: the session's row decides.
    const thief = await requests.newContext({ storageState });
    for (const portal of PORTALS) {
      const api = await thief.get(`${urlOf(portal)}/api/notifications`);
      expect(api.status(), `API of ${portal}`).toBe(401);
      const document = await thief.get(`${urlOf(portal)}/dashboard`, { maxRedirects: 0 });
      expect([302, 303, 307], `page of ${portal}`).toContain(document.status());
    }
    await thief.dispose();

    await expect(page).toHaveURL(/\/logout\/termine$/);
    for (const left of leaving) {
      const took = (await left) - answeredAt;
      expect(took).toBeLessThan(MAX_LEAVE_MS);
      expect(took, "a time that was measured").toBeGreaterThan(-MAX_LEAVE_MS);
    }
    for (const portal of others) await expect(pages[portal]).toHaveURL(SIGN_IN_PAGE);
    for (const portal of others) await expect(pages[portal].locator('input[name="email"]')).toBeVisible();
  });
}

test("a logout ends the session of this device alone", async ({ signedIn }) => {
  const [here, there] = [await signedIn(who, { own: true }), await signedIn(who, { own: true })];
  const stays = await there.newPage();
  await openLive(stays, `${urlOf("commercial")}/profil`);
  const page = await here.newPage();
  await page.goto(`${urlOf("commercial")}/logout`);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/logout\/termine$/);
  expect((await there.request.get(`${urlOf("commercial")}/api/me`)).status()).toBe(200);
  await expect(stays).toHaveURL(`${urlOf("commercial")}/profil`);
});

test("a request from another site cannot sign a person out", async ({ signedIn }) => {
  const context = await signedIn(who, { own: true });
  const answer = await context.request.post(`${urlOf("commercial")}/logout`, {
    headers: { origin: "https://evil.example" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
  expect((await context.request.get(`${urlOf("commercial")}/api/me`)).status()).toBe(200);
});
