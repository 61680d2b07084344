import type { Portal } from "@mgs/core/portals";
import { expect } from "@playwright/test";
import { openLive } from "../support/inbox";
import { urlOf } from "../support/instance";
import { uniqueTitre } from "../support/notifications";
import { countOf, isKeyedAction, query, type Scene, type Stage } from "./scene";

/** Opens the send form of a portal and fills it. */
export const sendFrom =
  (portal: Portal) =>
  async ({ signedIn, people: { administrator, reader } }: Stage): Promise<Scene> => {
    const page = await (await signedIn(administrator)).newPage();
    await openLive(page, `${urlOf(portal)}/notifications/send`);
    const titre = uniqueTitre("Une fois");
    await page.getByRole("combobox", { name: "Destinataire" }).fill(reader.name);
    await page.getByRole("option", { name: reader.name }).click();
    await page.getByRole("textbox", { name: "Titre" }).fill(titre);
    await page.getByRole("textbox", { name: "Message" }).fill("Écrit avec soin.");
    return {
      page,
      control: page.getByRole("button", { name: "Envoyer", exact: true }),
      showsPending: true,
      isPost: isKeyedAction,
      effects: () => countOf("SELECT count(*) FROM notifications WHERE titre = $1", [titre]),
      async expectDone() {
        await expect(page.getByText(`Notification envoyée à ${reader.name}.`)).toBeVisible();
        await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
      },
      noAnswer: page.getByText("L’envoi n’a pas abouti. Vérifiez le réseau et réessayez."),
      async expectTyped() {
        await expect(page.getByRole("textbox", { name: "Titre" })).toHaveValue(titre);
        await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Écrit avec soin.");
      },
      refuse: () => query("UPDATE users SET disabled_at = now() WHERE id = $1", [reader.id]).then(() => undefined),
      refused: page.getByText("Cet utilisateur n’existe pas."),
    };
  };
