import { ROWS } from "./forms/rows";
import { endLastSession, freshPeople, type Scene, type Stage } from "./forms/scene";
import { expect, test } from "./support/test";

/**
 * Everything that a page posts by scripts, against the product: pressed twice, its answer lost, its page loaded again and come
 * back to, refused, and with a session that has ended. What browsers post by themselves is in `posted-forms.itest.ts`;
 * `browser-posts.ts` lists both.
 */
for (const [name, open] of Object.entries(ROWS)) {
  test.describe(name, () => {
    const opened = async (stage: Omit<Stage, "people">) => open({ ...stage, people: await freshPeople() });

    test("pressed twice, before the answer and after it, is done once", async ({ signedIn, browserOf, machine }) => {
      const scene = await opened({ signedIn, browserOf, machine });
      const { page, control } = scene;
      const held = Promise.withResolvers<void>();
      await page.route("**/*", async (route, request) => {
        if (scene.isPost(request)) await held.promise;
        await route.fallback();
      });
      const posted = page.waitForRequest(scene.isPost);
      await press(scene);
      await posted;
      await pressTwice(scene);
      if (scene.waits && (await control.isVisible())) await control.press("Enter");
      held.resolve();
      await scene.expectDone();
      // The control of a question is gone by then, and the page lies bare where it was.
      if (!scene.ask) await pressTwice(scene);
      await expect.poll(scene.effects).toBe(1);
      await scene.expectDone();
    });

    test("whose answer was lost is not done again, and nothing typed is lost", async ({
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
      await expect(scene.noAnswer).toBeVisible();
      expect(await scene.effects()).toBe(1);
      if (scene.expectTyped) {
        await scene.expectTyped();
        await page.reload();
        await scene.expectTyped();
        await leaveAndReturn(scene);
        await scene.expectTyped();
      }
      if (!scene.findsOut) {
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

    test("that is refused says so in the page, in words", async ({ signedIn, browserOf, machine }) => {
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
    test("whose session has ended says so in the page, or leads to the sign-in", async ({
      signedIn,
      browserOf,
      machine,
    }) => {
      const own: Stage["signedIn"] = (who, options) => signedIn(who, { ...options, own: true });
      const scene = await opened({ signedIn: own, browserOf, machine });
      await endLastSession();
      const signIn = scene.page.locator('input[name="password"]');
      const isTold = () => expect(scene.page.getByTestId("session-end").or(signIn)).toBeVisible();
      // A page that asks the server by itself may find out first, and leave from under the button.
      await Promise.race([press(scene), isTold()]);
      await isTold();
      await scene.expectTyped?.();
      await expect(scene.page.locator("body")).not.toContainText(/"(success|code|error)"/);
      expect(await scene.effects()).toBe(0);
    });
  });
}

async function press({ ask, control, press }: Scene): Promise<void> {
  await ask?.();
  await (press ? press() : control.click());
}

/** The second click of a double click, where the first one was. */
async function pressTwice({ page, press }: Scene): Promise<void> {
  if (press) return press();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

async function leaveAndReturn({ page }: Scene): Promise<void> {
  const address = page.url();
  // To the same address there would be no way back.
  const away = new URL(address).pathname === "/profil" ? "/notifications" : "/profil";
  await page.goto(new URL(away, address).href);
  await page.goBack();
  await expect(page).toHaveURL(address);
}
