import { randomKey } from "../browser/random-key";

const KEY = "mgs.tab";

let inMemory: string | undefined;

function newTab(): string {
  const tab = randomKey();
  inMemory = tab;
  try {
    sessionStorage.setItem(KEY, tab);
  } catch {
    // Storage is refused: the tab is known until it reloads.
  }
  return tab;
}

/** This tab, over reloads and visits to other sites: a tab's session storage lasts as long as the tab does. */
export const browserTab = {
  read(): string {
    try {
      return sessionStorage.getItem(KEY) ?? newTab();
    } catch {
      return inMemory ?? newTab();
    }
  },
  renew: newTab,
};
