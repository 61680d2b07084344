import type { Page } from "@playwright/test";
import { createPerson } from "./support/cli";
import { row } from "./support/inbox";
import { urlOf } from "./support/instance";
import { send } from "./support/notifications";
import { ADMIN } from "./support/people";
import { watchProblems } from "./support/problems";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const inZone = (iso: string, timeZone: string) =>
  new Intl.DateTimeFormat("fr", { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(iso));

async function expectTime(page: Page, id: string, iso: string, timeZone: string): Promise<void> {
  const time = row(page.getByRole("main"), id).locator("time");
  await expect(time).toHaveAttribute("title", inZone(iso, timeZone));
}

test("times are in the browser's zone, and after a choice in the profile in that zone, on every device", async ({
  signedIn,
  machine,
}) => {
  const who = await createPerson("Voyageuse", "commercial");
  const [id, iso] = await send(machine, who).then((sent) => [sent.id, sent.created_at] as const);
  const [commercial, browsers, chosen] = [urlOf("commercial"), "America/New_York", "Asia/Tokyo"];
  const context = await signedIn(who, { own: true, timezoneId: browsers });
  const problems = watchProblems(context);
  const page = await context.newPage();
  // On the first page the server does not know the zone yet.
  await page.goto(`${commercial}/notifications`);
  await expectTime(page, id, iso, browsers);
  // From the second page on the server writes times in the zone.
  const html = await (await context.request.get(`${commercial}/notifications`)).text();
  expect(html).toContain(inZone(iso, browsers));

  await page.goto(`${commercial}/profil`);
  const zone = page.getByRole("combobox", { name: "Fuseau horaire" });
  await expect(page.getByText("Les heures sont celles d’America/New York.")).toBeVisible();
  await zone.selectOption(chosen);
  await expect(page.getByText("Préférence enregistrée.")).toBeVisible();
  await expect(page.getByText("Les heures sont celles d’Asia/Tokyo.")).toBeVisible();
  const elsewhere = await (await signedIn(who, { own: true, timezoneId: "Europe/Paris" })).newPage();
  await elsewhere.goto(`${commercial}/notifications`);
  await expectTime(elsewhere, id, iso, chosen);

  await zone.selectOption("");
  await expect(page.getByText("Les heures sont celles d’America/New York.")).toBeVisible();
  expect(problems).toEqual([]);
});

test("the console's times are in the reader's zone", async ({ signedIn, machine }) => {
  const sent = await send(machine, ADMIN);
  const page = await (await signedIn(ADMIN, { timezoneId: "Asia/Kolkata" })).newPage();
  await page.goto(`${urlOf("administration")}/console/notifications/${sent.id}`);
  const written = (timeZone: string) =>
    new Intl.DateTimeFormat("fr", { dateStyle: "medium", timeStyle: "medium", timeZone }).format(
      new Date(sent.created_at),
    );
  await expect(page.getByText(written("Asia/Kolkata")).first()).toBeVisible();
  await page.goto(`${urlOf("administration")}/console/notifications`);
  await expect(page.getByText("Heure de Calcutta.").or(page.getByText("Heure de Kolkata."))).toBeAttached();
});

test("on a device whose clock is two hours ahead, times are told by the server's clock from the first page on", async ({
  signedIn,
  machine,
}) => {
  const who = await createPerson("Horloge Fausse", "commercial");
  const { id } = await send(machine, who);
  const context = await signedIn(who, { own: true });
  await context.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 7_200_000;
  });
  const page = await context.newPage();
  await page.goto(`${urlOf("commercial")}/notifications`);
  await expectHydrated(page);
  await expect(row(page.getByRole("main"), id).locator("time")).toHaveText(/^(maintenant|il y a \d+ minutes?)$/);
});
