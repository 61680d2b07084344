import { expect, test } from "../support/test";
import { endLastSession, freshPeople, type Scene, type Stage } from "./scene";

/**
 * Tests what pages post by scripts: a double press, a lost answer, a reload and the way back, a refusal, and an ended
 * session. `posted-forms.itest.ts` tests forms that browsers post themselves; `browser-posts.ts` lists both.
 */
export function testRows(rows: Record<string, (stage: Stage) => Promise<Scene>>): void {
  for (const [name, open] of Object.entries(rows)) {
    test.describe(name, () => {
      const opened = async (stage: Omit<Stage, "people">) => open({ ...stage, people: await freshPeople() });

      test("a double press, before or after the answer, takes effect once", async ({
        signedIn,
        browserOf,
        machine,
      }) => {
        const scene = await opened({ signedIn, browserOf, machine });
        const { page, control } = scene;
        const gate = Promise.withResolvers<void>();
        await page.route("**/*", async (route, request) => {
          if (scene.isPost(request)) await gate.promise;
          await route.fallback();
        });
        const posted = page.waitForRequest(scene.isPost);
        await press(scene);
        await posted;
        await pressTwice(scene);
        if (scene.showsPending && (await control.isVisible())) await control.press("Enter");
        gate.resolve();
        await scene.expectDone();
        // The dialog with the control is closed by then, and the click hits the page behind it.
        if (!scene.ask) await pressTwice(scene);
        await expect.poll(scene.effects).toBe(1);
        await scene.expectDone();
      });

      test("after a lost answer a retry takes effect once, and typed text stays", async ({
        signedIn,
        browserOf,
        machine,
      }) => {
        const scene = await opened({ signedIn, browserOf, machine });
        const { page } = scene;
        let lost = false;
        await page.route("**/*", async (route, request) => {
          if (lost || !scene.isPost(request)) return route.fallback();
          lost = true;
          await route.fetch();
          await route.abort("connectionreset");
        });
        await press(scene);
        await expect.poll(() => lost, "the press has posted").toBe(true);
        await expect(scene.noAnswer).toBeVisible();
        expect(await scene.effects()).toBe(1);
        if (scene.expectTyped) {
          await scene.expectTyped();
          await page.reload();
          await scene.expectTyped();
          await leaveAndReturn(scene);
          await scene.expectTyped();
        }
        if (!scene.recovers) {
          await press(scene);
          await (scene.expectRepeated ?? scene.expectDone)();
        } else await scene.expectDone();
        expect(await scene.effects()).toBe(1);

        const again: string[] = [];
        page.on("request", (request) => scene.isPost(request) && again.push(request.url()));
        await page.reload();
        await leaveAndReturn(scene);
        expect(again).toEqual([]);
        expect(await scene.effects()).toBe(1);
      });

      test("a refusal is explained on the page", async ({ signedIn, browserOf, machine }) => {
        const scene = await opened({ signedIn, browserOf, machine });
        const { pathname } = new URL(scene.page.url());
        await scene.refuse();
        await press(scene);
        await expect(scene.refused).toBeVisible();
        await scene.expectTyped?.();
        expect(new URL(scene.page.url()).pathname).toBe(pathname);
        await expect(scene.page.locator("body")).not.toContainText(/"(success|code|error)"/);
        expect(await scene.effects()).toBe(0);
      });

      if (name === "sign in") return;
      test("an ended session is shown on the page, or leads to the sign-in", async ({
        signedIn,
        browserOf,
        machine,
      }) => {
        const own: Stage["signedIn"] = (who, options) => signedIn(who, { ...options, own: true });
        const scene = await opened({ signedIn: own, browserOf, machine });
        await endLastSession();
        const signIn = scene.page.locator('input[name="password"]');
        const isTold = () => expect(scene.page.getByTestId("session-end").or(signIn)).toBeVisible();
        // A page that polls the server may learn of the end first, and leave before the press.
        await Promise.race([press(scene), isTold()]);
        await isTold();
        await scene.expectTyped?.();
        await expect(scene.page.locator("body")).not.toContainText(/"(success|code|error)"/);
        expect(await scene.effects()).toBe(0);
      });
    });
  }
}

async function press({ ask, control, press }: Scene): Promise<void> {
  await ask?.();
  await (press ? press() : control.click());
}

/** Clicks twice at the same place. */
async function pressTwice({ page, press }: Scene): Promise<void> {
  if (press) return press();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

async function leaveAndReturn({ page }: Scene): Promise<void> {
  const address = page.url();
  // A navigation to the same address would add no history entry to return to.
  const away = new URL(address).pathname === "/profil" ? "/notifications" : "/profil";
  await page.goto(new URL(away, address).href);
  await page.goBack();
  await expect(page).toHaveURL(address);
}
