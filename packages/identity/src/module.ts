import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { identityChannels } from "./channels";
import { impersonationSchedule } from "./impersonation/end-stale-impersonations";
import { securityNotice } from "./notices/security-notice";
import {
  accountLinkMail,
  batchStep,
  everyoneSignedOut,
  passwordForgotten,
  peopleMoved,
  rightsReduced,
  roleReduced,
  sessionChanged,
  sessionEnded,
  socketsClosed,
} from "./outbox-kinds";
import { identityPermissions } from "./permissions";
import { IDENTITY_RETENTION } from "./retention";
import { identityRoutes } from "./routes";

/** People, their devices and sign-ins, and the programs that act for them. */
export const identity = defineModule({
  name: "identity",
  tables: [
    "roles",
    ...["batch_jobs", "people_imports", "people_import_lines"],
    "users",
    "clients",
    "user_sessions",
    "session_lifetimes",
    "session_clients",
    "impersonations",
    "logout_deliveries",
    "account_links",
    "client_uses",
    "consents",
    ...["passkeys", "webauthn_challenges", "totp_secrets", "recovery_codes"],
    ...["factor_enrolments", "pending_sign_ins", "role_requirements"],
  ],
  routes: identityRoutes,
  openApi: async () => (await import("./routes.openapi")).identityOpenApi,
  channels: identityChannels,
  asyncApi: async () => (await import("./channels.asyncapi")).identityAsyncApi,
  permissions: identityPermissions.table,
  navigation: async () => (await import("./navigation")).identityNavigation,
  retention: IDENTITY_RETENTION,
  schedules: [impersonationSchedule],
  outbox: [
    handle(sessionEnded, async () => (await import("./sessions/announce-session-end")).announceSessionEnd),
    handle(sessionChanged, async () => (await import("./impersonation/announce-session-change")).announceSessionChange),
    handle(accountLinkMail, async () => (await import("./account-links/mail-account-link")).mailAccountLink),
    handle(batchStep, async () => (await import("./batches/run-batch-step")).runBatchStep),
    handle(roleReduced, async () => (await import("./roles/end-sessions-of-role")).endSessionsOfRole),
    handle(peopleMoved, async () => (await import("./roles/end-sessions-of-people")).endSessionsOfPeople),
    handle(
      passwordForgotten,
      async () => (await import("./account-links/answer-forgotten-password")).answerForgottenPassword,
    ),
    handle(securityNotice, async () => (await import("./notices/tell-security-notice")).tellSecurityNotice),
    handle(everyoneSignedOut, async () => (await import("./devices/sign-everyone-out")).signEveryoneOut),
    handle(rightsReduced, async () => (await import("./close-sockets")).reauthorizeSockets),
    handle(socketsClosed, async () => (await import("./close-sockets")).closeSockets),
  ],
  palette: async () => (await import("./palette")).peoplePalette,
  commands: async () => (await import("./commands/command-groups")).identityCommands,
});
