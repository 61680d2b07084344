import { BUSINESS } from "@mgs/business/modules";
import { consolePages } from "@mgs/console/module";
import { identity } from "@mgs/identity/module";
import { maintenance } from "@mgs/maintenance/module";
import { notifications } from "@mgs/notifications/module";
import { createPortal } from "@mgs/portal/create-portal";
import { portalAuth } from "@mgs/portal-auth/module";

/** The portal with its modules: a new domain is one line here. */
export const portal = createPortal({
  portal: "gestion-dossier",
  signIn: portalAuth,
  modules: [identity, maintenance, notifications, ...BUSINESS, consolePages],
});

export const { currentSession, requireSession, actionSession, PageTexts } = portal;
