import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { callGestion, messageField, messagesOf, writeMessage } from "./support/messages";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");
/** A red square of ten pixels. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mM4ISeHBzGMSmNDAMVhZZF6GXBcAAAAAElFTkSuQmCC",
  "base64",
);

test("files go with a message, and a link to a record is a card for those who see it", async ({ signedIn }) => {
  const mark = Date.now();
  const [hery, outsider] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    // This role sees the dossiers alone in which a person has a part.
    await createPerson(`Onja ${mark}`, "comptable"),
  ];
  const [mine, theirs, outside] = [
    await signedIn(ADMIN, { own: true }),
    await signedIn(hery),
    await signedIn(outsider),
  ];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const { id } = await callGestion<{ id: number }>(mine, "POST", "/api/conversations", {
    ...{ user_ids: [hery.id, outsider.id], name: `Chantier ${mark}` },
  });
  const title = `École d’Ambohipo ${mark}`;
  const dossier = await callGestion<{ id: number; url: string }>(mine, "POST", "/api/dossiers", {
    ...{ type_id: 1, title, concerned: { kind: "entreprise", name: "Rova SARL" } },
  });
  const [me, at] = [await mine.newPage(), await theirs.newPage()];
  await openLive(me, `${GESTION()}/messages/${id}`);
  await openLive(at, `${GESTION()}/messages/${id}`);

  // A message of files alone: each has its name, its size, and the small picture that comes after it.
  await me.locator("#main input[type=file]").setInputFiles([
    { name: "facade.png", mimeType: "image/png", buffer: PICTURE },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Toiture à revoir") },
  ]);
  const tray = me.getByRole("list", { name: "Joindre des fichiers" });
  await expect(tray.getByText("Déposé")).toHaveCount(2);
  await messageField(me).press("Control+Enter");
  await expect(tray).toHaveCount(0);
  const files = messagesOf(at).getByRole("listitem");
  await expect(files).toHaveCount(2);
  await expect(files.filter({ hasText: "notes.txt" })).toContainText("17 o");
  await expect(files.filter({ hasText: "facade.png" }).getByRole("presentation")).toBeVisible();
  const link = files.filter({ hasText: "notes.txt" }).getByRole("link");
  const answer = await theirs.request.get(new URL((await link.getAttribute("href")) ?? "", GESTION()).href);
  expect([answer.status(), await answer.text()]).toEqual([200, "Toiture à revoir"]);

  // The same link is a card for whoever sees the dossier; a link that leads nowhere stays a link.
  await writeMessage(me, `Voir ${dossier.url} et ${GESTION()}/dossiers/999999999`);
  for (const page of [me, at]) {
    await expect(messagesOf(page).nth(1).locator("[data-record-card]")).toHaveText([new RegExp(title)]);
    await expect(
      messagesOf(page)
        .nth(1)
        .getByRole("link", { name: /999999999/ }),
    ).toBeVisible();
  }
  const card = messagesOf(at).locator("[data-record-card=dossier]");
  expect(await card.getAttribute("href")).toBe(dossier.url);
  const other = await outside.newPage();
  const asked = other.waitForResponse(
    (one) => one.url().includes("/api/record-card") && one.url().includes(`${dossier.id}`),
  );
  await openLive(other, `${GESTION()}/messages/${id}`);
  expect((await (await asked).json()).data).toBeNull();
  await expect(messagesOf(other).nth(1)).toContainText("Voir");
  await expect(other.locator("[data-record-card]")).toHaveCount(0);
  await expectAccessibleAtAllWidths(at, "a conversation with files and a card");
});
