import { expect, type Page } from "@playwright/test";
import { de } from "../support/french";
import { openLive, toasts } from "../support/inbox";
import { urlOf } from "../support/instance";
import { uniqueTitre } from "../support/notifications";
import { countFromNow, isAction, isKeyedAction, query, type Scene, type Stage, undelivered } from "./scene";

const AUDITED = "SELECT count(*) FROM audit_events WHERE actor = $1 AND action = $2 AND coalesce(subject, '') = $3";

type Shared = Pick<Scene, "page" | "showsPending" | "isPost" | "effects" | "noAnswer" | "refuse" | "refused">;

/** Opens a page of the console. Each of its actions adds an event to the audit trail. */
async function open(stage: Stage, path: string, action: string, subject = ""): Promise<Shared> {
  const { signedIn, people } = stage;
  const { id } = people.administrator;
  const page = await (await signedIn(people.administrator)).newPage();
  await openLive(page, `${urlOf("administration")}/console${path}`);
  return {
    page,
    showsPending: true,
    isPost: isAction,
    effects: await countFromNow(AUDITED, [`user:${id}`, action, subject]),
    noAnswer: toasts(page, "Aucune réponse n’est arrivée. Vérifiez le réseau et réessayez."),
    refuse: () => query("UPDATE users SET role = 'commercial' WHERE id = $1", [id]).then(() => undefined),
    refused: toasts(page, "L’action n’a pas abouti : Vous n’avez pas le droit de faire cela."),
  };
}

const showsToast = (page: Page, text: string) => () => expect(toasts(page, text)).toBeVisible();
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

export async function publishEvent(stage: Stage): Promise<Scene> {
  const channel = `essai-${Date.now()}`;
  const scene = await open(stage, "/temps-reel", "realtime.event-sent", channel);
  const { page } = scene;
  const data = page.getByRole("textbox", { name: "Données" });
  await page.getByRole("textbox", { name: "Canal" }).fill(channel);
  await data.fill('{ "essai": 1 }');
  return {
    ...scene,
    isPost: isKeyedAction,
    control: page.getByRole("button", { name: "Envoyer l’événement" }),
    expectDone: () => expect(page.getByText(`Envoyé sur ${channel}, que personne n’écoute.`)).toBeVisible(),
    noAnswer: page.getByText("L’envoi n’a pas abouti. Réessayez."),
    async expectTyped() {
      await expect(page.getByRole("textbox", { name: "Canal" })).toHaveValue(channel);
      await expect(data).toHaveValue('{ "essai": 1 }');
    },
    refused: page.getByText("Vous n’avez pas le droit de faire cela."),
  };
}

export async function disconnect(stage: Stage): Promise<Scene> {
  const { id, name } = stage.people.reader;
  await openLive(await (await stage.signedIn(stage.people.reader)).newPage(), `${urlOf("commercial")}/dashboard`);
  const scene = await open(stage, `/temps-reel?person=${id}`, "realtime.user-disconnected", String(id));
  const { page } = scene;
  const button = page.getByRole("main").getByRole("button", { name: `Couper les connexions ${de(name)}` });
  return {
    ...scene,
    isPost: isKeyedAction,
    control: inDialog(page, "Couper les connexions"),
    ask: () => button.click(),
    expectDone: showsToast(page, `Connexions ${de(name)} coupées sur un appareil.`),
  };
}

const queueCard = (page: Page) => page.locator('[data-queue="default"]');

export async function pauseQueue(stage: Stage): Promise<Scene> {
  await query("DELETE FROM queue_pauses");
  const scene = await open(stage, "/files-d-attente", "queue.paused", "default");
  const { page } = scene;
  return {
    ...scene,
    control: inDialog(page, "Mettre en pause"),
    // The dialog stays open when a double click has opened it.
    ask: () => queueCard(page).getByRole("button", { name: "Mettre en pause" }).dblclick(),
    expectDone: () => expect(queueCard(page).getByText("En pause", { exact: true })).toBeVisible(),
    recovers: true,
  };
}

export async function resumeQueue(stage: Stage): Promise<Scene> {
  await query("INSERT INTO queue_pauses (queue, paused_by) VALUES ('default', 'system:test') ON CONFLICT DO NOTHING");
  const scene = await open(stage, "/files-d-attente", "queue.resumed", "default");
  const { page } = scene;
  return {
    ...scene,
    control: queueCard(page).getByRole("button", { name: "Reprendre" }),
    expectDone: () => expect(queueCard(page).getByText("Active", { exact: true })).toBeVisible(),
    recovers: true,
  };
}

export async function retryJob(stage: Stage): Promise<Scene> {
  const { job } = await undelivered(stage, "essai");
  const scene = await open(stage, "/files-d-attente", "outbox.retried");
  const failed = scene.page.locator(`[data-job="${job}"]`);
  return {
    ...scene,
    control: failed.getByRole("button", { name: `Relancer le travail ${job}` }),
    expectDone: () => expect(failed).toHaveCount(0),
    recovers: true,
  };
}

export async function retryJobs(stage: Stage): Promise<Scene> {
  const { job } = await undelivered(stage, "essai");
  const scene = await open(stage, "/files-d-attente?queue=emails", "outbox.retried");
  const { page } = scene;
  return {
    ...scene,
    control: inDialog(page, "Relancer"),
    ask: () => page.getByRole("button", { name: "Tout relancer" }).click(),
    expectDone: () => expect(page.locator(`[data-job="${job}"]`)).toHaveCount(0),
    recovers: true,
  };
}

export async function retryNotification(stage: Stage): Promise<Scene> {
  const { id } = await undelivered(stage, "essai");
  const scene = await open(stage, `/notifications/${id}`, "outbox.retried");
  const { page } = scene;
  return {
    ...scene,
    control: page.getByRole("main").getByRole("button", { name: "Relancer" }),
    expectDone: showsToast(page, "1 livraison relancée."),
    expectRepeated: showsToast(page, "Rien n’était à relancer."),
  };
}

export async function retryNotifications(stage: Stage): Promise<Scene> {
  const type = uniqueTitre("essai").replaceAll(/[^a-z0-9]/g, "_");
  await undelivered(stage, type);
  const scene = await open(stage, `/notifications?type=${type}&state=failed`, "outbox.retried");
  const { page } = scene;
  return {
    ...scene,
    control: inDialog(page, "Relancer"),
    ask: () => page.getByRole("button", { name: "Relancer la livraison en échec" }).click(),
    expectDone: showsToast(page, "1 livraison relancée."),
    expectRepeated: showsToast(page, "Rien n’était à relancer."),
  };
}
