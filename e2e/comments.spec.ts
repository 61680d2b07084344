import type { BrowserContext } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openLive, recordToasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

async function openDossier({ request }: BrowserContext, title: string): Promise<{ id: number; url: string }> {
  const answer = await request.post(`${GESTION()}/api/dossiers`, {
    headers: { origin: GESTION() },
    data: { type_id: 1, title, concerned: { kind: "entreprise", name: "Rova Bâtiment SARL" } },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).data;
}

test("two people comment on a dossier: mentions, typing, edits, deletions, and a comment without a network", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const hery = await createPerson(`Hery ${mark}`, "gestionnaire");
  const stranger = await createPerson(`Onja ${mark}`, "comptable");
  const [mine, theirs] = [await signedIn(ADMIN), await signedIn(hery)];
  const toasts = await recordToasts(theirs);
  const [me, at] = [await mine.newPage(), await theirs.newPage()];
  await me.goto(`${GESTION()}/dashboard`);
  const dossier = await openDossier(mine, `Commenté ${mark}`);
  await openLive(me, dossier.url);
  await openLive(at, `${GESTION()}/dashboard`);

  // A mention is picked by the keyboard; its reader hears of it in another page, and finds the comment.
  const field = me.getByLabel("Votre commentaire");
  // Until a draft has been read the field takes no keys.
  await expect(field).toBeEditable();
  await field.pressSequentially(`Le plan **manque**, @Hery ${String(mark).slice(0, -1)}`);
  // While it is typed others of that first name are offered, and Enter takes the first of all.
  const offered = me.getByRole("listbox", { name: "Personnes et rôles" }).getByRole("option");
  await expect(offered).toHaveText([new RegExp(hery.name)]);
  await expectAccessibleAtAllWidths(me, "a list of people to mention");
  await field.press("Enter");
  await expect(field).toHaveValue(`Le plan **manque**, @${hery.name} `);
  await field.press("Control+Enter");
  const comments = me.locator("[data-comment]");
  await expect(comments).toHaveCount(1);
  await expect(comments.locator("strong")).toHaveText("manque");
  await expect.poll(() => toasts.map(({ text }) => text).join()).toContain("vous mentionne");
  await openLive(at, dossier.url);
  const seen = at.locator("[data-comment]");
  await expect(seen).toContainText([`@${hery.name}`]);

  // Typing is seen, and fades; the comment comes live, and is announced once.
  await expect(at.getByLabel("Votre commentaire")).toBeEditable();
  await Promise.all([
    expect(me.getByText(`${hery.name} écrit…`)).toBeVisible(),
    at.getByLabel("Votre commentaire").pressSequentially("Je regarde"),
  ]);
  await expect(me.getByText(`${hery.name} écrit…`)).toHaveCount(0);
  // What is typed and not sent is there after a reload, and on another device.
  await expect
    .poll(async () => {
      const answer = await theirs.request.get(`${GESTION()}/api/dossiers/${dossier.id}/comment-drafts`);
      return (await answer.json()).data.map(({ content }: { content: string }) => content);
    })
    .toEqual(["Je regarde"]);
  await at.reload();
  await expect(at.getByLabel("Votre commentaire")).toHaveValue("Je regarde");
  await at.getByRole("button", { name: "Commenter" }).click();
  await expect(comments).toHaveCount(2);
  await expect(me.getByText(`Nouveau commentaire de ${hery.name}`)).toHaveCount(1);

  // An edit and a deletion are seen; the place stays, and can be filled again.
  await at.getByRole("button", { name: `Actions sur le commentaire de ${hery.name}` }).click();
  await at.getByRole("menuitem", { name: "Modifier" }).click();
  await at.getByLabel("Modifier le commentaire").fill("Je regarde cet après-midi");
  await at.getByRole("button", { name: "Enregistrer" }).last().click();
  await expect(comments.nth(1)).toContainText("Je regarde cet après-midi");
  await expect(comments.nth(1)).toContainText("modifié");
  await at.getByRole("button", { name: `Actions sur le commentaire de ${hery.name}` }).click();
  await at.getByRole("menuitem", { name: "Supprimer" }).click();
  await expect(comments.nth(1)).toContainText("supprimé");
  await at.getByRole("button", { name: "Rétablir" }).click();
  await expect(comments.nth(1)).toContainText("Je regarde cet après-midi");

  // Without a network a comment waits in sight, over a reload of nothing, and is sent once when the network is back.
  await theirs.setOffline(true);
  await at.getByLabel("Votre commentaire").fill("Écrit sans réseau");
  await at.getByRole("button", { name: "Commenter" }).click();
  await expect(at.locator("[data-outbox=waiting]")).toContainText("Écrit sans réseau");
  await expect(at.getByText("En attente", { exact: true })).toBeVisible();
  await theirs.setOffline(false);
  await expect(comments).toHaveCount(3);
  await expect(at.locator("[data-outbox]")).toHaveCount(0);
  await expect(seen).toHaveCount(3);

  // Who may not see the dossier is named only with access, which the administrator may give.
  await field.fill("");
  await field.pressSequentially(`@Onja ${String(mark).slice(0, -1)}`);
  await expect(offered).toHaveText([new RegExp(`${stranger.name}.*sans accès`)]);
  await field.press("Enter");
  await expect(field).toHaveValue(`@${stranger.name} `);
  await field.press("Control+Enter");
  await expect(me.getByText(`Sans accès à cette page : ${stranger.name}.`)).toBeVisible();
  const outside = await signedIn(stranger);
  await (await outside.newPage()).goto(`${GESTION()}/dashboard`);
  const path = `${GESTION()}/api/dossiers/${dossier.id}/comments`;
  expect((await outside.request.get(path)).status()).toBe(404);
  await me.getByRole("button", { name: "Donner accès et mentionner" }).click();
  await expect(comments).toHaveCount(4);
  expect((await outside.request.get(path)).status()).toBe(200);

  // An answer stands below its comment; a resolved thread is folded.
  await comments.first().getByRole("button", { name: "Répondre" }).click();
  await me.getByLabel("Votre réponse").fill("Il est arrivé.");
  const answer = me.locator("form").filter({ has: me.getByLabel("Votre réponse") });
  await answer.getByRole("button", { name: "Répondre" }).click();
  await expect(seen).toHaveCount(5);
  await expectAccessibleAtAllWidths(me, "comments on a dossier");
  await comments
    .first()
    .getByRole("button", { name: /^Actions/ })
    .click();
  await me.getByRole("menuitem", { name: "Marquer comme résolu" }).click();
  await expect(seen).toHaveCount(3);
  await expect(at.getByRole("button", { name: "Afficher la discussion" })).toBeVisible();
});

test("what is hostile in a comment is a text: it runs nothing, leads nowhere and breaks no page", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const mine = await signedIn(ADMIN);
  const page = await mine.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const dossier = await openDossier(mine, `Hostile ${mark}`);
  const hostile = [
    `<script>window.ran = "${mark}"</script><img src=x onerror="window.ran = 1">`,
    "[lien](javascript:window.ran=1) [autre](JaVaScRiPt:window.ran=1) ![image](https://evil.example/suivi.png)",
    `${"> ".repeat(100)}au fond`,
    `${"*_".repeat(100)}marqué${"_*".repeat(100)}`,
    `${"x".repeat(900)}\u202egauche`,
    `<https://exemple.mg/${mark}> https://exemple.mg/${mark}`,
  ];
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  for (const content of hostile) {
    const answer = await mine.request.post(`${GESTION()}/api/dossiers/${dossier.id}/comments`, {
      headers: { origin: GESTION() },
      data: { content },
    });
    expect(answer.status(), content).toBe(201);
  }
  await openLive(page, dossier.url);
  const comments = page.locator("[data-comment]");
  await expect(comments).toHaveCount(hostile.length);
  await expect(comments.nth(0)).toContainText(`<script>window.ran = "${mark}"</script>`);
  await expect(comments.nth(0).locator("script, img[src=x]")).toHaveCount(0);
  await expect(comments.nth(1).locator('a[href*="script:" i], img[src*="evil"]')).toHaveCount(0);
  const nested = (tag: string) => Array.from({ length: 12 }, () => tag).join(" ");
  await expect(comments.nth(2).locator(nested("blockquote"))).toHaveCount(0);
  await expect(comments.nth(2)).toContainText("au fond");
  await expect(comments.nth(3).locator(nested(":is(em, strong)"))).toHaveCount(0);
  await expect(comments.nth(3)).toContainText("marqué");
  await expect(comments.nth(5).getByRole("link").first()).toHaveAttribute("href", `https://exemple.mg/${mark}`);
  expect(await page.evaluate(() => (window as { ran?: unknown }).ran)).toBeUndefined();
  expect(requests.filter((url) => url.includes("evil.example"))).toEqual([]);
  await expectAccessibleAtAllWidths(page, "hostile comments");
});
