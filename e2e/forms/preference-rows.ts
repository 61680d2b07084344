import { expect, type Page } from "@playwright/test";
import { openLive } from "../support/inbox";
import { urlOf } from "../support/instance";
import { countOf, forgeOrigin, isCall, query, type Scene, type Stage } from "./scene";

const isPost = isCall("PATCH", /^\/api\/me$/);

async function open({ signedIn, people: { reader } }: Stage): Promise<Page> {
  await query("UPDATE users SET locale = 'fr', theme = 'system', time_zone = NULL WHERE id = $1", [reader.id]);
  const page = await (await signedIn(reader)).newPage();
  await openLive(page, `${urlOf("commercial")}/profil`);
  return page;
}

/** @param chosen the column of `users` and its expected value */
function sceneOf(
  { people: { reader } }: Stage,
  page: Page,
  chosen: [column: "locale" | "theme" | "time_zone", value: string],
): Pick<Scene, "page" | "isPost" | "effects" | "expectDone" | "noAnswer" | "refuse" | "refused"> {
  const [column, value] = chosen;
  return {
    page,
    isPost,
    effects: () => countOf(`SELECT count(*) FROM users WHERE id = $1 AND ${column} = $2`, [reader.id, value]),
    expectDone: () => expect(page.getByText(/^(Préférence enregistrée|Preference saved)\.$/)).toBeVisible(),
    noAnswer: page.getByText("Aucune réponse n’est arrivée. Vérifiez le réseau et réessayez."),
    refuse: () => forgeOrigin(page, isPost),
    refused: page.getByText("Votre préférence n’a pas pu être enregistrée."),
  };
}

export async function chooseLanguage(stage: Stage): Promise<Scene> {
  const page = await open(stage);
  const control = page.getByRole("main").getByRole("radio", { name: "English" });
  return { ...sceneOf(stage, page, ["locale", "en"]), control };
}

export async function chooseTheme(stage: Stage): Promise<Scene> {
  const page = await open(stage);
  const control = page.getByRole("main").getByRole("radio", { name: "Sombre" });
  return { ...sceneOf(stage, page, ["theme", "dark"]), control };
}

export async function chooseTimeZone(stage: Stage): Promise<Scene> {
  const page = await open(stage);
  const control = page.getByLabel("Fuseau horaire");
  const press = async () => {
    await control.selectOption("Europe/Paris");
  };
  return { ...sceneOf(stage, page, ["time_zone", "Europe/Paris"]), control, press };
}
