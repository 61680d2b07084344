import { PORTALS } from "@mgs/core/portals";
import type { BrowserPost } from "./browser-post";
import { BUSINESS_POSTS } from "./business-posts";

const CONSOLE = "apps/administration/src/app/(portal)/console";
const CONSOLE_FEATURES = "apps/administration/src/features/console";
const SECURITY = "apps/administration/src/app/profil/securite/security.action.ts";
const SEND = "src/app/(portal)/notifications/send/send.action.ts#send";
const INBOX = "packages/notifications/src/contract/client.ts";

/** What the account pages post, in each portal. */
const ACCOUNT_POSTS: Readonly<Record<string, BrowserPost>> = {
  "absences/absences.action.ts#name": { shared: "ActionForm", tests: "e2e/absence.spec.ts" },
  "absences/absences.action.ts#end": { shared: "ActionButton", tests: "e2e/absence.spec.ts" },
  "appareils/devices.action.ts#end": { shared: "ActionButton", tests: "e2e/devices.spec.ts" },
  "appareils/devices.action.ts#remove": { shared: "ActionButton", tests: "e2e/devices.spec.ts" },
  "appareils/devices.action.ts#endOthers": { shared: "ActionButton", tests: "e2e/devices.spec.ts" },
  "applications/consents.action.ts#withdraw": { shared: "ActionButton", tests: "e2e/consents.spec.ts" },
};

/** Keys are `file#function`, or `file#<form>`; those of the business stand in a file of their own. */
export const BROWSER_POSTS: Readonly<Record<string, BrowserPost>> = {
  ...BUSINESS_POSTS,
  ...Object.fromEntries(
    PORTALS.flatMap((portal) =>
      Object.entries(ACCOUNT_POSTS).map(([post, tried]) => [`apps/${portal}/src/app/(portal)/profil/${post}`, tried]),
    ),
  ),
  [`${CONSOLE}/sessions/sessions.action.ts#save`]: { shared: "ActionForm", tests: "e2e/session-lifetimes.spec.ts" },
  [`${CONSOLE}/sessions/sessions.action.ts#endAll`]: { shared: "ActionForm", tests: "e2e/session-lifetimes.spec.ts" },
  [`${CONSOLE}/applications/applications.action.ts#create`]: {
    shared: "ActionForm",
    tests: "e2e/applications.spec.ts",
  },
  [`${CONSOLE}/applications/applications.action.ts#save`]: { shared: "ActionForm", tests: "e2e/applications.spec.ts" },
  [`${CONSOLE}/applications/applications.action.ts#rotate`]: {
    shared: "ActionForm",
    tests: "e2e/applications.spec.ts",
  },
  [`${CONSOLE}/applications/applications.action.ts#endPrevious`]: {
    shared: "ActionButton",
    tests: "e2e/applications.spec.ts",
  },
  [`${CONSOLE}/applications/applications.action.ts#revoke`]: {
    shared: "ActionButton",
    tests: "e2e/applications.spec.ts",
  },

  "packages/shell/src/sign-in-form.tsx#<form>": { documents: ["the sign-in form"] },
  "packages/shell/src/auth/submit-sign-in.ts#submitSignIn": { scripts: ["sign in"] },
  "packages/shell/src/consent-form.tsx#<form>": { documents: ["a consent that is given", "a consent that is refused"] },
  "packages/shell/src/logout-page.tsx#<form>": {
    documents: ["a portal's logout", "a client's logout, yes", "a client's logout, no"],
  },

  "packages/portal/src/impersonation-banner.tsx#<form>": {
    documents: ["the end of what is done in somebody's name"],
  },

  "apps/administration/src/features/account/choose-password-page.tsx#<form>": {
    documents: ["an invitation's password", "a forgotten password's link"],
  },
  "apps/administration/src/features/account/forgotten-password-page.tsx#<form>": {
    documents: ["a forgotten password"],
  },
  "apps/administration/src/features/account/not-me-page.tsx#<form>": { documents: ["it was not me"] },
  "apps/administration/src/app/profil/mot-de-passe/change-password.action.ts#changeOwnPassword": {
    shared: "ActionForm",
    tests: "e2e/account-mails.spec.ts",
  },

  "packages/shell/src/actions/action-form.tsx#<form>": { shared: "ActionForm", tests: "e2e/proof.spec.ts" },
  "apps/administration/src/app/preuve/prove.action.ts#proveWithPassword": {
    shared: "ActionForm",
    tests: "e2e/proof.spec.ts",
  },

  "apps/administration/src/app/preuve/prove.action.ts#proveWithCode": {
    shared: "ActionForm",
    tests: "e2e/second-factor.spec.ts",
  },
  "apps/administration/src/app/preuve/prove.action.ts#askPasskey": { reads: true },
  "apps/administration/src/app/preuve/prove.action.ts#proveWithPasskey": {
    shared: "ActionForm",
    tests: "e2e/passkeys.spec.ts",
  },
  "packages/shell/src/auth/passkey-calls.ts#postJson": {
    oneTime: true,
    tests: "packages/identity/src/passkeys/passkeys.itest.ts",
  },
  "apps/administration/src/features/sign-in/second-factor-page.tsx#<form>": {
    documents: [
      ...(["a code of the second factor", "a recovery code"] as const),
      ...(["the first code of an authenticator app", "recovery codes that are kept"] as const),
    ],
  },
  [`${SECURITY}#offerPasskey`]: { reads: true },
  [`${SECURITY}#registerPasskey`]: { oneTime: true, tests: "packages/identity/src/passkeys/passkeys.itest.ts" },
  [`${SECURITY}#rename`]: { shared: "ActionForm", tests: "e2e/passkeys.spec.ts" },
  [`${SECURITY}#remove`]: { shared: "ActionButton", tests: "e2e/passkeys.spec.ts" },
  [`${SECURITY}#startTotp`]: { shared: "ActionButton", tests: "e2e/second-factor.spec.ts" },
  [`${SECURITY}#confirmTotp`]: { shared: "ActionForm", tests: "e2e/second-factor.spec.ts" },
  [`${SECURITY}#cancelTotp`]: { shared: "ActionButton", tests: "e2e/second-factor.spec.ts" },
  [`${SECURITY}#removeTotp`]: { shared: "ActionButton", tests: "e2e/second-factor.spec.ts" },
  [`${SECURITY}#renewCodes`]: { shared: "ActionButton", tests: "e2e/second-factor.spec.ts" },
  [`${SECURITY}#putAwayCodes`]: { shared: "ActionButton", tests: "e2e/second-factor.spec.ts" },

  "packages/shell/src/send-notification-form.tsx#<form>": { calls: `apps/administration/${SEND}` },
  [`apps/administration/${SEND}`]: { scripts: ["send from administration"] },
  [`apps/commercial/${SEND}`]: { scripts: ["send from commercial"] },
  [`apps/gestion-dossier/${SEND}`]: { scripts: ["send from gestion-dossier"] },

  "packages/shell/src/layout/preferences.tsx#send": {
    scripts: ["choose a language", "choose a theme", "choose a time zone"],
  },
  [`${INBOX}#update`]: { scripts: ["mark as read", "mark as unread", "archive", "take back from the archive"] },
  [`${INBOX}#remove`]: { scripts: ["delete"] },
  [`${INBOX}#readAll`]: { scripts: ["mark all as read"] },
  "packages/realtime/src/client-authorization.ts#postAuthorization": {
    repeatsItself: true,
    tests: "packages/realtime/src/client-authorization.test.ts",
  },

  [`${CONSOLE}/personnes/people.action.tsx#invite`]: { shared: "ActionForm", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#edit`]: { shared: "ActionForm", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#giveRole`]: { shared: "ActionForm", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#bulk`]: { shared: "ActionForm", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#sendLink`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#force`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#resetFactor`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#enable`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#applyImport`]: {
    shared: "ActionForm",
    tests: "e2e/people-import.spec.ts",
  },
  [`${CONSOLE}/personnes/people.action.tsx#cancelJob`]: {
    shared: "ActionButton",
    tests: "e2e/people-import.spec.ts",
  },
  "apps/administration/src/features/people-import/import-form-page.tsx#<form>": {
    documents: ["a file of people"],
  },
  [`${CONSOLE}/personnes/people.action.tsx#withdrawFor`]: {
    shared: "ActionButton",
    tests: "e2e/people-security.spec.ts",
  },
  [`${CONSOLE}/personnes/people.action.tsx#leave`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#endDevice`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#removeDevice`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/people.action.tsx#endDevices`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/[id]/lockout.action.ts#release`]: { shared: "ActionButton", tests: "e2e/people.spec.ts" },
  [`${CONSOLE}/personnes/impersonation.action.ts#impersonate`]: {
    shared: "ActionForm",
    tests: "e2e/impersonation.spec.ts",
  },
  [`${CONSOLE}/personnes/impersonation.action.ts#endImpersonations`]: {
    shared: "ActionButton",
    tests: "e2e/impersonation.spec.ts",
  },
  [`${CONSOLE}/personnes/people.action.tsx#readJob`]: { reads: true },
  [`${CONSOLE}/roles/roles.action.ts#create`]: { shared: "ActionForm", tests: "e2e/roles.spec.ts" },
  [`${CONSOLE}/roles/roles.action.ts#save`]: { shared: "ActionForm", tests: "e2e/roles.spec.ts" },
  [`${CONSOLE}/roles/roles.action.ts#remove`]: { shared: "ActionForm", tests: "e2e/roles.spec.ts" },
  [`${CONSOLE}/temps-reel/realtime.action.tsx#readFigures`]: { reads: true },
  [`${CONSOLE}/temps-reel/realtime.action.tsx#readChannels`]: { reads: true },
  [`${CONSOLE}/temps-reel/realtime.action.tsx#readPerson`]: { reads: true },
  [`${CONSOLE_FEATURES}/realtime/event-form.tsx#<form>`]: { calls: `${CONSOLE}/temps-reel/realtime.action.tsx#send` },
  [`${CONSOLE}/temps-reel/realtime.action.tsx#send`]: { scripts: ["publish a test event"] },
  [`${CONSOLE}/temps-reel/realtime.action.tsx#disconnect`]: { scripts: ["cut a person's connections"] },
  [`${CONSOLE}/sante/health.action.tsx#read`]: { reads: true },
  [`${CONSOLE}/cles/keys.action.ts#rotate`]: { shared: "ActionButton", tests: "e2e/maintenance.spec.ts" },
  [`${CONSOLE}/jours-feries/holidays.action.ts#save`]: { shared: "ActionForm", tests: "e2e/absence.spec.ts" },
  [`${CONSOLE}/jours-feries/holidays.action.ts#remove`]: { shared: "ActionButton", tests: "e2e/absence.spec.ts" },
  [`${CONSOLE}/jours-feries/holidays.action.ts#restore`]: { shared: "ActionButton", tests: "e2e/absence.spec.ts" },
  [`${CONSOLE}/jours-feries/holidays.action.ts#confirm`]: { shared: "ActionButton", tests: "e2e/absence.spec.ts" },
  [`${CONSOLE}/maintenance/maintenance.action.ts#begin`]: { shared: "ActionForm", tests: "e2e/maintenance.spec.ts" },
  [`${CONSOLE}/maintenance/maintenance.action.ts#end`]: { shared: "ActionButton", tests: "e2e/maintenance.spec.ts" },
  [`${CONSOLE}/files-d-attente/queues.action.tsx#read`]: { reads: true },
  [`${CONSOLE}/files-d-attente/queues.action.tsx#pause`]: { scripts: ["pause a queue"] },
  [`${CONSOLE}/files-d-attente/queues.action.tsx#resume`]: { scripts: ["resume a queue"] },
  [`${CONSOLE}/files-d-attente/queues.action.tsx#retry`]: { scripts: ["retry a job"] },
  [`${CONSOLE}/files-d-attente/queues.action.tsx#retryAll`]: { scripts: ["retry all jobs"] },
  [`${CONSOLE}/second-facteur/second-factor.action.ts#setRequired`]: {
    shared: "ActionButton",
    tests: "e2e/second-factor.spec.ts",
  },
  [`${CONSOLE}/notifications/retry.action.ts#retry`]: { scripts: ["retry a notification"] },
  [`${CONSOLE}/notifications/retry.action.ts#retryAll`]: { scripts: ["retry all notifications"] },
};
