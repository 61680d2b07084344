import { de } from "./support/french";
import { openBell, openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { markAllRead, send } from "./support/notifications";
import { person } from "./support/people";
import { expect, test } from "./support/test";

test("a notification to an English user is English, on screen and by mail", async ({ signedIn, machine }) => {
  const who = person("Camille Lefèvre");
  const context = await signedIn(who);
  await markAllRead(context, urlOf("commercial"));
  const page = await context.newPage();
  await openLive(page, `${urlOf("commercial")}/dashboard`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const sent = await send(machine, who);

  await expect(toasts(page, sent.titre).getByRole("button", { name: "Close this notification" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Notifications, 1 unread" })).toBeVisible();
  await expect(page.getByText("1 notification is waiting for you.")).toBeVisible();
  const panel = await openBell(page);
  await expect(panel.getByRole("button", { name: "Mark all as read" })).toBeVisible();

  const mail = await mailTo(who.email, sent.titre);
  expect(mail.text).toContain("You receive this e-mail because a notification was sent to you");
  expect(mail.html).toContain("All my notifications");
  expect(mail.html).toMatch(/<html[^>]* lang="en"/);
});

test("the language of the user menu applies to all portals and mails", async ({ signedIn, machine }) => {
  const who = person("Rivo Rakotoson");
  const context = await signedIn(who);
  const origin = urlOf("commercial");
  const reset = await context.request.patch(`${origin}/api/me`, { headers: { origin }, data: { locale: "fr" } });
  expect(reset.status()).toBe(200);
  const page = await context.newPage();
  await openLive(page, `${origin}/dashboard`);
  await expect(page.getByRole("heading", { name: "Dernières notifications" })).toBeVisible();

  await page.getByRole("button", { name: `Menu ${de(who.name)}` }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Latest notifications" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");

  await openLive(page, `${urlOf("gestion-dossier")}/profil`);
  await expect(page.getByRole("heading", { level: 1, name: "My profile" })).toBeVisible();
  const sent = await send(machine, who);
  expect((await mailTo(who.email, sent.titre)).text).toContain("You receive this e-mail");

  await page.getByRole("button", { name: `Menu of ${who.name}` }).click();
  await page.getByRole("menuitemradio", { name: "Français" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mon profil" })).toBeVisible();
});

test("of two quick theme choices the later one stays, even when the first is slow", async ({ signedIn }) => {
  const who = person("Naina Randriamampionona");
  const context = await signedIn(who);
  const origin = urlOf("commercial");
  const page = await context.newPage();
  await openLive(page, `${origin}/dashboard`);
  const first = Promise.withResolvers<void>();
  await page.route("**/api/me", async (route) => {
    if (route.request().postDataJSON().theme === "dark") await first.promise;
    await route.continue();
  });
  const answered: unknown[] = [];
  page.on("response", (response) => {
    const request = response.request();
    if (request.method() === "PATCH") answered.push(request.postDataJSON().theme);
  });

  await page.getByRole("button", { name: `Menu ${de(who.name)}` }).click();
  await page.getByRole("menuitemradio", { name: "Sombre" }).click();
  await page.getByRole("menuitemradio", { name: "Comme le système" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  first.resolve();
  await expect.poll(() => answered).toEqual(["dark", "system"]);
  await page.reload();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});
