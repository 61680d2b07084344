import { BUSINESS } from "@mgs/business/modules";
import { consolePages } from "@mgs/console/module";
import { identity } from "@mgs/identity/module";
import { journal } from "@mgs/journal/module";
import { maintenance } from "@mgs/maintenance/module";
import { notifications } from "@mgs/notifications/module";
import { createPortal } from "@mgs/portal/create-portal";
import { consoleModule } from "./features/console/module";
import { providerWithSignInPage } from "./features/sign-in/sign-in-page";

/** The portal with its modules: a new domain is one line here. */
export const portal = createPortal({
  portal: "administration",
  signIn: providerWithSignInPage,
  modules: [identity, journal, maintenance, notifications, ...BUSINESS, consolePages, consoleModule],
});

export const { currentSession, requireSession, actionSession, PageTexts } = portal;
