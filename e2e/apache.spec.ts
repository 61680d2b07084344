import type { BrowserContext } from "@playwright/test";
import { reasonWithoutApache, startApacheSite } from "./support/apache";
import { createPerson, revokeSessions } from "./support/cli";
import { urlOf } from "./support/instance";
import { PASSWORD } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Debian's libapache2-mod-auth-openidc as a relying party: another implementation of the standard, by other people. */

const reason = reasonWithoutApache();
test.skip(reason !== null, reason ?? "");

test("Apache signs people in by the provider, and out by both kinds of logout", async ({ browserOf }) => {
  const who = await createPerson("Haja Rakotomalala", "commercial");
  const site = await startApacheSite("Intranet Apache");
  try {
    const context = await browserOf();
    const page = await context.newPage();
    await page.goto(`${site.url}/`);
    await expect(page).toHaveURL(SIGN_IN_PAGE);
    await fillSignIn(page, who.email, PASSWORD);
    await expect(page.getByRole("heading", { name: "Autoriser Intranet Apache" })).toBeVisible();
    await page.getByRole("button", { name: "Autoriser" }).click();
    await expect(page.getByRole("heading", { name: "Intranet" })).toBeVisible();
    const seen = await page.request.get(`${site.url}/`);
    expect(seen.headers()).toMatchObject({ "x-email": who.email, "x-sub": String(who.id) });

    // Back channel: the sign-in ends at the provider, and Apache's own session with it, without the browser's help.
    await revokeSessions(who.email);
    await expect.poll(() => isSignedIn(context, site.url), { timeout: 30_000 }).toBe(false);

    // The consent is remembered: the next sign-in asks for the password alone.
    await page.goto(`${site.url}/`);
    await expect(page).toHaveURL(SIGN_IN_PAGE);
    await fillSignIn(page, who.email, PASSWORD);
    await expect(page.getByRole("heading", { name: "Intranet" })).toBeVisible();

    // RP-initiated: the logout begins at Apache, is confirmed here, and comes back.
    await page.goto(`${site.url}/callback?logout=${encodeURIComponent(`${site.url}/after/`)}`);
    await page.getByRole("button", { name: "Se déconnecter" }).click();
    await expect(page.getByRole("heading", { name: "Au revoir" })).toBeVisible();
    expect(await isSignedIn(context, site.url)).toBe(false);
    await page.goto(`${urlOf("commercial")}/dashboard`);
    await expect(page).toHaveURL(SIGN_IN_PAGE);
  } finally {
    await site.stop();
  }
});

/** Whether Apache knows the browser; it redirects everybody else to the provider. */
async function isSignedIn({ request }: BrowserContext, url: string): Promise<boolean> {
  const answer = await request.get(`${url}/`, { maxRedirects: 0 });
  expect([200, 302]).toContain(answer.status());
  return answer.status() === 200;
}
