import type { CDPSession, Locator, Page } from "@playwright/test";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

type Point = { x: number; y: number };

/** A point on an element, near its beginning. */
async function pointOn(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("it is not drawn");
  // A column may end beyond the edge of the board, where no finger reaches it.
  return { x: box.x + Math.min(box.width / 2, 60), y: box.y + Math.min(box.height / 2, 60) };
}

/** Waits until nothing scrolls an element any more: a swipe goes on by itself when the finger has left. */
async function standStill(locator: Locator): Promise<void> {
  await locator.evaluate(async (element) => {
    let at = Number.NaN;
    for (let frames = 0; frames < 10; frames = element.scrollLeft === at ? frames + 1 : 0) {
      at = element.scrollLeft;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

/** A finger on the screen, as the browser hears of a real one. */
function fingerOf(session: CDPSession) {
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (at: Point) => send("touchStart", [at]),
    move: (at: Point) => send("touchMove", [at]),
    up: () => send("touchEnd", []),
    async drag(from: Point, to: Point, steps = 8) {
      for (let step = 1; step <= steps; step++) {
        const part = step / steps;
        await send("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
      }
    },
  };
}

const column = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name} `) });

test("a finger that rests on a card carries it to another column; one that moves scrolls, and one that taps opens the dossier", async ({
  signedIn,
}) => {
  const context = await signedIn(ADMIN, { hasTouch: true, isMobile: true, viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/tableau`);
  const type_id = await addDossierType(`Au doigt ${Date.now()}`);
  const dossier = await openDossier(page, { title: "Carte au doigt", type_id });
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/tableau?type=${type_id}`);
  await expectHydrated(page);
  const finger = fingerOf(await context.newCDPSession(page));
  const card = column(page, "Nouveau").getByRole("listitem").filter({ hasText: dossier.reference });
  const dragged = page.locator("[data-dragged]");

  // A swipe that begins on a card scrolls the board, and takes nothing up.
  const board = column(page, "Nouveau").locator("..");
  let at = await pointOn(card);
  const swipe = { x: at.x + 120, y: at.y };
  await finger.down(swipe);
  await finger.drag(swipe, { x: swipe.x - 200, y: swipe.y });
  await finger.up();
  await expect.poll(() => board.evaluate((element) => element.scrollLeft)).toBeGreaterThan(50);
  await expect(dragged).toHaveCount(0);
  await standStill(board);
  await board.evaluate((element) => element.scrollTo({ left: 0, behavior: "instant" }));
  await standStill(board);

  // It is put down where no step leads to: nothing happens, and the dossier is not opened either.
  at = await pointOn(card);
  await finger.down(at);
  await expect(dragged).toHaveCount(1);
  await finger.drag(at, { x: at.x + 20, y: at.y + 20 });
  await finger.up();
  await expect(dragged).toHaveCount(0);
  await expect(column(page, "Nouveau").getByRole("listitem")).toHaveCount(1);
  await expect(page).toHaveURL(/\/tableau/);

  at = await pointOn(card);
  const target = await pointOn(column(page, "En cours"));
  await finger.down(at);
  await expect(dragged).toHaveCount(1);
  await finger.drag(at, target);
  await finger.up();
  await expect(column(page, "En cours").getByRole("listitem").filter({ hasText: dossier.reference })).toHaveCount(1);
  await expect(
    page.getByText(`${dossier.reference} est maintenant dans la colonne En cours, premier de 1.`),
  ).toBeAttached();
  await expect(dragged).toHaveCount(0);
  const moved = await page.request.get(`${urlOf("gestion-dossier")}/api/dossiers/${dossier.id}`);
  expect((await moved.json()).data.state).toBe("en_cours");

  // A step that needs a reason asks for it, as with the mouse.
  const carried = column(page, "En cours").getByRole("listitem");
  at = await pointOn(carried);
  await finger.down(at);
  await expect(dragged).toHaveCount(1);
  await finger.drag(at, await pointOn(column(page, "En attente")));
  await finger.up();
  const dialog = page.getByRole("dialog", { name: `${dossier.reference} : En attente` });
  await dialog.getByRole("button", { name: "Annuler" }).click();
  await expect(carried).toHaveCount(1);

  await carried.getByRole("link").tap();
  await expect(page).toHaveURL(new RegExp(`/dossiers/${dossier.id}$`));
});
