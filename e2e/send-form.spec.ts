import { PORTALS } from "@mgs/core/portals";
import type { Page } from "@playwright/test";
import { openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { postSend, uniqueTitre } from "./support/notifications";
import { userToken } from "./support/oauth";
import { ADMIN, type Person, person } from "./support/people";
import { expect, test } from "./support/test";

async function fill(page: Page, to: Person, titre: string): Promise<void> {
  await page.getByRole("combobox", { name: "Destinataire" }).fill(to.name.split(" ")[1] ?? to.name);
  await page.getByRole("option", { name: to.name }).click();
  await page.getByRole("textbox", { name: "Titre" }).fill(titre);
  await page.getByRole("textbox", { name: "Message" }).fill("Depuis le formulaire.");
}

for (const portal of PORTALS) {
  test(`the form of ${portal} sends with the person as the sender`, async ({ signedIn }) => {
    const reader = person("Élodie Marchand");
    const inbox = await (await signedIn(reader)).newPage();
    await openLive(inbox, `${urlOf("commercial")}/notifications`);
    const page = await (await signedIn(ADMIN)).newPage();
    await openLive(page, `${urlOf(portal)}/notifications/send`);
    const titre = uniqueTitre("Formulaire");
    await fill(page, reader, titre);
    await page.getByRole("textbox", { name: "Lien" }).fill("/profil");
    await page.getByRole("button", { name: "Envoyer", exact: true }).click();
    await expect(page.getByText(`Notification envoyée à ${reader.name}.`)).toBeVisible();

    // The toast's time stops under the pointer.
    await toasts(inbox, titre).hover();
    await expect(toasts(inbox, titre)).toHaveCount(1);
    await expect(inbox.getByRole("main").getByRole("listitem").filter({ hasText: titre })).toContainText(ADMIN.name);
    // A path belongs to the portal that sent it.
    await expect(toasts(inbox, titre).getByRole("link")).toHaveAttribute("href", `${urlOf(portal)}/profil`);
    const mail = await mailTo(reader.email, titre);
    expect(mail.text).toContain(`${urlOf(portal)}/profil`);
  });
}

test("the send form shows each error at its field and sends nothing", async ({ signedIn }) => {
  const page = await (await signedIn(person("Julien Moreau"))).newPage();
  await openLive(page, `${urlOf("commercial")}/notifications/send`);
  await page.getByRole("textbox", { name: "Lien" }).fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  // The first wrong one on the page, which is no input of the form's library.
  await expect(page.getByRole("combobox", { name: "Destinataire" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Lien" })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("textbox", { name: "Titre" })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Choisissez une personne dans la liste.")).toBeVisible();
  await expect(page.getByText("Indiquez une adresse http(s) ou un chemin qui commence par /.")).toBeVisible();
});

test("before its scripts run, the fields of the send form are disabled", async ({ signedIn }) => {
  const page = await (await signedIn(person("Julien Moreau"))).newPage();
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(`${urlOf("commercial")}/notifications/send`);
  await expect(page.getByRole("textbox", { name: "Titre" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Envoyer", exact: true })).toBeDisabled();
});

test("above the send limit, the form shows when the next send is possible", async ({ signedIn, thirdParty }) => {
  const sender = person("Julien Moreau");
  const reader = person("Mamy Ratsimbazafy");
  const context = await signedIn(sender);
  const page = await context.newPage();
  await openLive(page, `${urlOf("commercial")}/notifications/send`);
  await fill(page, reader, uniqueTitre("De trop"));
  const token = await userToken(context, thirdParty);
  const input = { user_id: reader.id, type: "essai", titre: uniqueTitre("Rafale"), message: "m" };
  const answers = await Promise.all(Array.from({ length: 61 }, () => postSend(token, input)));
  // The process itself counts up to the limit again when Redis is too slow for one send.
  for (let more = 0; more < 60 && answers.at(-1)?.status !== 429; more++) answers.push(await postSend(token, input));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(60);
  expect(new Set(statuses)).toEqual(new Set([201, 429]));
  const refused = await postSend(token, input);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.body.error?.code).toBe("RATE_LIMITED");

  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(page.getByText(/Prochain envoi possible dans \d/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Envoyer", exact: true })).toBeDisabled();
});
