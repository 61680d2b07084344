import type { Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openDossier } from "./support/dossiers";
import { openLive, recordToasts, reloadLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

test("people react, talk in private, report a comment; it is hidden with a reason, and words are refused", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const hery = await createPerson(`Hery ${mark}`, "gestionnaire");
  const aina = await createPerson(`Aina ${mark}`, "comptable");
  const naina = await createPerson(`Naina ${mark}`, "administrateur");
  const [moderators, his, hers] = [await signedIn(naina), await signedIn(hery), await signedIn(aina)];
  const [heard, invited] = [await recordToasts(his), await recordToasts(moderators)];
  const [moderator, him, her] = [await moderators.newPage(), await his.newPage(), await hers.newPage()];
  await openLive(her, `${GESTION()}/dashboard`);
  const [{ id: typeId = 0 } = {}] = (await (await her.request.get(`${GESTION()}/api/dossier-types`)).json()).data;
  const dossier = await openDossier(her, { type_id: typeId, title: `Modéré ${mark}` });
  const url = `${GESTION()}/dossiers/${dossier.id}`;
  await openLive(her, url);
  await openLive(him, url);
  await openLive(moderator, url);

  // A reaction is seen by the other, counted, and taken back.
  const open = (page: Page) => page.getByRole("region", { name: "Commentaires", exact: true });
  await open(her).getByLabel("Votre commentaire").fill("Le plan est arrivé");
  await open(her).getByRole("button", { name: "Commenter" }).click();
  await open(him).getByRole("button", { name: "Ajouter une réaction" }).click();
  await open(him).getByRole("button", { name: "Réagir avec 👍" }).click();
  const thumb = open(her).getByRole("button", { name: /👍 : 1 personne/ });
  await expect(thumb).toHaveAttribute("aria-pressed", "false");
  await thumb.click();
  await expect(open(him).getByRole("button", { name: /👍 : 2 personnes/ })).toHaveAttribute("aria-pressed", "true");
  await open(him)
    .getByRole("button", { name: /👍 : 2 personnes/ })
    .click();
  await expect(open(her).getByRole("button", { name: /👍 : 1 personne/ })).toHaveAttribute("aria-pressed", "true");

  // A private discussion of two: the third sees nothing of it, though they see the dossier and moderate it.
  await her.getByText("Ouvrir une discussion privée").click();
  await her.getByLabel("Sujet").fill(`Relecture ${mark}`);
  await her.getByRole("combobox", { name: "Avec" }).fill(`Hery ${mark}`);
  await her.getByRole("option", { name: new RegExp(hery.name) }).click();
  await expectAccessibleAtAllWidths(her, "the form of a private discussion");
  await her.getByRole("button", { name: "Ouvrir la discussion" }).click();
  const secret = (page: Page) => page.getByRole("region", { name: `Discussion privée : Relecture ${mark}` });
  await expect(secret(her)).toContainText(hery.name);
  await expect.poll(() => heard.map(({ text }) => text).join()).toContain("invite à une discussion privée");
  await reloadLive(him);
  await secret(him).getByLabel("Votre commentaire").fill("Entre nous : le montant est faux");
  await secret(him).getByRole("button", { name: "Commenter" }).click();
  await expect(secret(her).locator("[data-comment]")).toContainText("Entre nous");
  await reloadLive(moderator);
  await expect(open(moderator).locator("[data-comment]")).toHaveCount(1);
  await expect(moderator.getByText("Relecture")).toHaveCount(0);
  await expect(moderator.getByText("Entre nous")).toHaveCount(0);
  const threads = `${GESTION()}/api/dossiers/${dossier.id}/threads`;
  expect((await (await moderator.request.get(threads)).json()).data).toEqual([]);
  const [{ id: threadId = "" } = {}] = (await (await her.request.get(threads)).json()).data;
  const inThread = `${GESTION()}/api/dossiers/${dossier.id}/comments?thread=${threadId}`;
  expect((await moderator.request.get(inThread)).status()).toBe(404);
  expect((await her.request.get(inThread)).status()).toBe(200);

  // Whoever takes part invites another, who reads it from its beginning.
  await secret(her).getByText("Inviter quelqu’un").click();
  await secret(her).getByRole("combobox", { name: "Collègue" }).fill(naina.name);
  await her.getByRole("option", { name: new RegExp(naina.name) }).click();
  await secret(her).getByRole("button", { name: "Inviter", exact: true }).click();
  await expect(secret(her)).toContainText(naina.name);
  await expect.poll(() => invited.map(({ text }) => text).join()).toContain(`${aina.name} vous invite`);
  await reloadLive(moderator);
  await expect(secret(moderator).locator("[data-comment]")).toContainText("Entre nous");
  await expectAccessibleAtAllWidths(moderator, "a private discussion");

  // Three comments are reported. Two are hidden, for a reason that all read; the other stays.
  for (const text of ["Quelle sottise", "Le client exagère", "Il ment"]) {
    await open(him).getByLabel("Votre commentaire").fill(text);
    await open(him).getByRole("button", { name: "Commenter" }).click();
    const rude = open(her).locator("[data-comment]").filter({ hasText: text });
    await rude.getByRole("button", { name: /^Actions/ }).click();
    await her.getByRole("menuitem", { name: "Signaler" }).click();
    const dialog = her.getByRole("dialog", { name: "Signaler" });
    await expect(dialog.getByRole("button", { name: "Signaler" })).toBeDisabled();
    await dialog.getByLabel("Raison").fill(`Blessant : ${text}`);
    // The dialog is gone before the answer has come, and the page of the moderators is drawn once.
    const reported = her.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith("/reports"));
    await dialog.getByRole("button", { name: "Signaler" }).click();
    expect((await reported).ok()).toBe(true);
    await expect(dialog).toHaveCount(0);
  }
  await expect.poll(() => invited.map(({ text }) => text).join()).toContain("Un commentaire est signalé");
  await moderator.setViewportSize({ width: 1280, height: 800 });
  await open(moderator).getByRole("link", { name: "Modération" }).click();
  const reports = moderator
    .locator("#main")
    .getByRole("listitem")
    .filter({ hasText: `Signalé par ${aina.name}` });
  await expect(reports).toHaveCount(3);
  await expectAccessibleAtAllWidths(moderator, "reports and refused words");
  await moderator.setViewportSize({ width: 1280, height: 800 });
  await reports.filter({ hasText: "exagère" }).getByRole("button", { name: "Classer sans suite" }).click();
  await expect(reports).toHaveCount(2);
  const lie = reports.filter({ hasText: "Il ment" });
  await lie.getByText("Masquer…").click();
  await lie.getByRole("button", { name: "Masquer ce commentaire" }).click();
  await expect(lie.getByLabel("Raison, que tous liront")).toHaveAttribute("aria-invalid", "true");
  await expectAccessibleAtAllWidths(moderator, "the form that hides a reported comment");
  await moderator.setViewportSize({ width: 1280, height: 800 });
  await lie.getByLabel("Raison, que tous liront").fill("Accusation");
  await lie.getByRole("button", { name: "Masquer ce commentaire" }).click();
  await expect(reports).toHaveCount(1);
  await expect(open(her).getByText("Commentaire masqué : Accusation")).toBeVisible();
  await reports.getByRole("link", { name: new RegExp(dossier.reference) }).click();
  const target = open(moderator).locator("[data-comment]").filter({ hasText: "Quelle sottise" });
  await target.getByRole("button", { name: /^Actions/ }).click();
  await moderator.getByRole("menuitem", { name: "Masquer" }).click();
  await moderator.getByRole("dialog").getByLabel("Raison").fill("Propos blessants");
  await moderator.getByRole("dialog").getByRole("button", { name: "Masquer" }).click();
  await expect(open(her).getByText("Commentaire masqué : Propos blessants")).toBeVisible();
  await expect(open(her).getByText("Quelle sottise")).toHaveCount(0);
  await expect(open(her).getByText("Le client exagère")).toBeVisible();
  await moderator.goto(`${GESTION()}/moderation`);
  await expectHydrated(moderator);
  await expect(reports).toHaveCount(0);

  // A word that an administrator refuses is sent by nobody, whatever its accents; what was typed stays in sight.
  const words = moderator.getByLabel("Un mot ou une expression par ligne");
  const before = await words.inputValue();
  await words.fill(`${before}\nsottise${mark}`);
  await moderator.getByRole("button", { name: "Enregistrer" }).click();
  await expect(moderator.getByText("La liste est enregistrée.")).toBeVisible();
  await open(her).getByLabel("Votre commentaire").fill(`Quelle SOTTISÉ${mark} !`);
  await open(her).getByRole("button", { name: "Commenter" }).click();
  const refused = open(her).locator("[data-outbox=refused]");
  await expect(refused).toContainText("un mot que les administrateurs n’admettent pas");
  await refused.getByRole("button", { name: "Retirer" }).click();
  await expect(refused).toHaveCount(0);
  await words.fill(before);
  await moderator.getByRole("button", { name: "Enregistrer" }).click();
  await expect
    .poll(async () => (await (await moderator.request.get(`${GESTION()}/api/comment-words`)).json()).data)
    .not.toContain(`sottise${mark}`);
});
