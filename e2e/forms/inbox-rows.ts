import { expect, type Locator, type Page } from "@playwright/test";
import { openLive, row } from "../support/inbox";
import { urlOf } from "../support/instance";
import { send } from "../support/notifications";
import { countOf, forgeOrigin, isCall, type Scene, type Stage } from "./scene";

const ONE = /^\/api\/notifications\/[0-9a-f-]{36}$/;

type Change = { read?: boolean; archived?: boolean };
type Opened = { page: Page; ids: string[]; upper: Locator; action: (name: string) => Locator };

/**
 * Opens an inbox with two notifications: a second click on the upper one could hit the lower one, which moves up.
 * @param before marks that both have already
 */
async function open(stage: Stage, filter: string, before: Change = {}): Promise<Opened> {
  const { signedIn, machine, people } = stage;
  const context = await signedIn(people.reader);
  const origin = urlOf("commercial");
  await context.request.get(`${origin}/dashboard`);
  const ids = [(await send(machine, people.reader)).id, (await send(machine, people.reader)).id];
  for (const id of Object.keys(before).length > 0 ? ids : []) {
    const answer = await context.request.patch(`${origin}/api/notifications/${id}`, {
      headers: { origin },
      data: before,
    });
    expect(answer.status()).toBe(200);
  }
  const page = await context.newPage();
  await openLive(page, `${origin}/notifications?filter=${filter}`);
  const upper = row(page.getByRole("main"), ids[1] ?? "");
  return { page, ids, upper, action: (name) => upper.getByRole("button", { name, exact: true }) };
}

type Shared = Pick<Scene, "page" | "isPost" | "effects" | "noAnswer" | "recovers" | "refuse" | "refused">;

function shared({ page, ids }: Opened, isPost: Scene["isPost"], done: string): Shared {
  return {
    page,
    isPost,
    effects: () => countOf(`SELECT count(*) FROM notifications WHERE id = ANY($1) AND ${done}`, [ids]),
    noAnswer: page.getByText("Aucune réponse n’est arrivée. Vérifiez le réseau et réessayez."),
    recovers: true,
    refuse: () => forgeOrigin(page, isPost),
    refused: page.getByText("La modification n’a pas été enregistrée. Elle a été annulée."),
  };
}

const mark =
  (name: string, filter: string, before: Change, done: string, expectDone: (opened: Opened) => Promise<void>) =>
  async (stage: Stage): Promise<Scene> => {
    const opened = await open(stage, filter, before);
    return {
      ...shared(opened, isCall("PATCH", ONE), done),
      control: opened.action(name),
      expectDone: () => expectDone(opened),
    };
  };

const isGone = ({ upper }: Opened) => expect(upper).toHaveCount(0);
const shows = (name: string) => (opened: Opened) => expect(opened.action(name)).toBeVisible();

export const markAsRead = mark("Marquer comme lue", "all", {}, "read_at IS NOT NULL", shows("Marquer comme non lue"));
export const markAsUnread = mark(
  "Marquer comme non lue",
  "all",
  { read: true },
  "read_at IS NULL",
  shows("Marquer comme lue"),
);
export const archive = mark("Archiver", "all", {}, "archived_at IS NOT NULL", isGone);
export const takeBack = mark("Désarchiver", "archived", { archived: true }, "archived_at IS NULL", isGone);

export async function remove(stage: Stage): Promise<Scene> {
  const opened = await open(stage, "all");
  return {
    ...shared(opened, isCall("DELETE", ONE), "deleted_at IS NOT NULL"),
    control: opened.page.getByRole("dialog").getByRole("button", { name: "Supprimer" }),
    ask: () => opened.action("Supprimer").click(),
    expectDone: () => isGone(opened),
  };
}

export async function markAllAsRead(stage: Stage): Promise<Scene> {
  const opened = await open(stage, "all");
  const scene = shared(opened, isCall("POST", /^\/api\/notifications\/read-all$/), "read_at IS NOT NULL");
  return {
    ...scene,
    // The press marks both.
    effects: async () => (await scene.effects()) / 2,
    control: opened.page.getByRole("main").getByRole("button", { name: "Tout marquer comme lu" }),
    expectDone: () => shows("Marquer comme non lue")(opened),
  };
}
