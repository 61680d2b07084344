import { randomKey } from "../browser/random-key";

const KEY = "mgs.tab";

let inMemory: string | undefined;

function newTab(): string {
  const tab = randomKey();
  inMemory = tab;
  try {
    sessionStorage.setItem(KEY, tab);
  } catch {
    // A tab whose browser refuses storage keeps its id until it reloads.
  }
  return tab;
}

/** The id of this tab. Session storage keeps it over reloads and visits to other sites, until the tab is closed. */
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
