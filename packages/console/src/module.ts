import { defineModule } from "@mgs/module/module";

/** The pages of the console, which Administration has: every portal has this module, so that its command palette leads there. */
export const consolePages = defineModule({
  name: "console-pages",
  navigation: async () => (await import("./navigation")).consoleNavigation,
});
