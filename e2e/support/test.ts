import { type BrowserContext, type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import { machineToken, startThirdParty, type ThirdParty } from "./oauth";
import type { Person } from "./people";
import { deviceOf, plantDevice, signIn } from "./sign-in";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

export type SignedIn = (who: Person, options?: BrowserContextOptions & { own?: boolean }) => Promise<BrowserContext>;

type TestFixtures = {
  /** Opens a browser context without a session; it is closed after the test. */
  browserOf: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /**
   * Opens a browser context with a person signed in. Tests share the sign-in of a person; `own` makes a new one, for tests that
   * end it.
   */
  signedIn: SignedIn;
};

type WorkerFixtures = {
  thirdParty: ThirdParty;
  /** An access token of a machine client that may send. */
  machine: string;
  sharedSignIns: Map<number, StorageState>;
  /** The cookie of the machine's browser, which is known for the people who signed in last: no notice of a new device rings their bell. */
  knownBrowser: { cookie: string | undefined };
};

/**
 * A page that streams may have a part twice for a moment: as the server sent it, hidden, and as React made it meanwhile. Locators by role
 * pass the hidden one over; here those by text and by label do so too. Whatever else is hidden they find.
 */
function passHiddenPartsOver(page: Page): void {
  const { getByText, getByLabel } = page;
  const placed = page.locator(':not([hidden][id^="S:"] *)');
  page.getByText = (...args) => getByText.apply(page, args).and(placed);
  page.getByLabel = (...args) => getByLabel.apply(page, args).and(placed);
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browserOf: async ({ browser, contextOptions, locale, knownBrowser }, use) => {
    const open: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, ...(locale ? { locale } : {}), ...options });
      open.push(context);
      context.on("page", passHiddenPartsOver);
      await plantDevice(context, knownBrowser.cookie);
      return context;
    });
    for (const context of open) {
      knownBrowser.cookie = (await deviceOf(context).catch(() => undefined)) ?? knownBrowser.cookie;
      await context.close();
    }
  },

  signedIn: async ({ browserOf, sharedSignIns }, use) => {
    const shared = new Map<number, BrowserContext>();
    await use(async (who, { own = false, ...options } = {}) => {
      const known = own ? undefined : sharedSignIns.get(who.id);
      const context = await browserOf({ ...options, ...(known ? { storageState: known } : {}) });
      if (!known) await signIn(context, who);
      if (!own) {
        shared.set(who.id, context);
        sharedSignIns.set(who.id, await context.storageState());
      }
      return context;
    });
    // A consent changes the provider's cookie: the next test needs the new one.
    for (const [id, context] of shared) sharedSignIns.set(id, await context.storageState());
  },

  thirdParty: [
    async ({ playwright: _ }, use) => {
      const third = await startThirdParty();
      await use(third);
      await third.close();
    },
    { scope: "worker" },
  ],
  machine: [async ({ playwright: _ }, use) => use(await machineToken()), { scope: "worker" }],
  knownBrowser: [async ({ playwright: _ }, use) => use({ cookie: undefined }), { scope: "worker" }],
  sharedSignIns: [async ({ playwright: _ }, use) => use(new Map()), { scope: "worker" }],
});

export { expect } from "@playwright/test";
