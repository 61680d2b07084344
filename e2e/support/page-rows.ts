import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Portal } from "../../packages/core/src/portals";

const ROOT = join(import.meta.dirname, "..", "..");

/** Records that pages are about: their ids stand in the addresses. */
export type PageRecords = Readonly<
  Record<"dossier" | "seance" | "type" | "notification" | "conversation", number | string>
>;

/**
 * Where a page is looked at by axe: on its address, in French and in English, with records in its place; in another test, which comes to
 * it by what people do; or nowhere, because it only leads elsewhere.
 */
export type PageRow =
  | { at: string; of?: keyof PageRecords; query?: (records: PageRecords) => string }
  | { tested: `${string}.spec.ts` }
  | "redirect";

/** Pages that every portal has, by the same components; their texts are looked at in Gestion-Dossier. */
const SHARED: Readonly<Record<string, PageRow>> = {
  "/": "redirect",
  "/dashboard": { tested: "accessibility.spec.ts" },
  "/messages": { tested: "messages-list.spec.ts" },
  "/messages/[id]": { tested: "messages.spec.ts" },
  "/notifications": { tested: "accessibility.spec.ts" },
  "/notifications/send": { tested: "accessibility.spec.ts" },
  "/profil": { tested: "accessibility.spec.ts" },
  "/profil/absences": { at: "/profil/absences" },
  "/profil/appareils": { tested: "devices.spec.ts" },
  "/profil/applications": { tested: "consents.spec.ts" },
  "/reconnexion": { tested: "drafts.spec.ts" },
  "/api/docs": { tested: "api-docs.spec.ts" },
  "/login/erreur": { tested: "accessibility.spec.ts" },
  "/logout": { tested: "accessibility.spec.ts" },
  "/preuve": "redirect",
};

/** Every page of the portals. */
export const PAGE_ROWS: Readonly<Record<Portal, Readonly<Record<string, PageRow>>>> = {
  commercial: SHARED,
  "gestion-dossier": {
    ...SHARED,
    "/dashboard": { at: "/dashboard" },
    "/messages": { at: "/messages" },
    "/messages/[id]": { at: "/messages/[id]", of: "conversation" },
    "/notifications": { at: "/notifications" },
    "/notifications/send": { at: "/notifications/send" },
    "/profil": { at: "/profil" },
    "/profil/appareils": { at: "/profil/appareils" },
    "/profil/applications": { at: "/profil/applications" },
    "/reconnexion": { at: "/reconnexion" },
    "/api/docs": { at: "/api/docs" },
    "/login/erreur": { at: "/login/erreur?error=access_denied" },
    "/logout": { at: "/logout" },
    "/dossiers": { at: "/dossiers" },
    "/dossiers/[id]": { at: "/dossiers/[id]", of: "dossier" },
    "/dossiers/[id]/historique": { at: "/dossiers/[id]/historique", of: "dossier" },
    "/dossiers/calendrier": { at: "/dossiers/calendrier" },
    "/dossiers/nouveau": { at: "/dossiers/nouveau", query: ({ type }) => `?type=${type}` },
    "/dossiers/tableau": { at: "/dossiers/tableau" },
    "/dossiers/tableau-de-bord": { at: "/dossiers/tableau-de-bord" },
    "/moderation": { at: "/moderation" },
    "/seances": { at: "/seances" },
    "/seances/[id]": { at: "/seances/[id]", of: "seance" },
    "/seances/[id]/historique": { at: "/seances/[id]/historique", of: "seance" },
    "/seances/nouvelle": { at: "/seances/nouvelle" },
    "/types-de-dossier": { at: "/types-de-dossier" },
    "/types-de-dossier/[id]": { at: "/types-de-dossier/[id]", of: "type" },
  },
  administration: {
    ...SHARED,
    "/preuve": { tested: "proof.spec.ts" },
    "/logout/termine": { tested: "accessibility.spec.ts" },
    "/console/acces": { tested: "roles.spec.ts" },
    "/console/applications": { tested: "applications.spec.ts" },
    "/console/applications/[id]": { tested: "applications.spec.ts" },
    "/console/applications/nouvelle": { tested: "applications.spec.ts" },
    "/console/cles": { tested: "maintenance.spec.ts" },
    "/console/files-d-attente": { tested: "accessibility.spec.ts" },
    "/console/journal": { tested: "journal.spec.ts" },
    "/console/journal/[id]": { tested: "journal.spec.ts" },
    "/console/jours-feries": { at: "/console/jours-feries" },
    "/console/maintenance": { tested: "maintenance.spec.ts" },
    "/console/notifications": { tested: "accessibility.spec.ts" },
    "/console/notifications/[id]": { at: "/console/notifications/[id]", of: "notification" },
    "/console/personnes": { tested: "people.spec.ts" },
    "/console/personnes/[id]": { tested: "people.spec.ts" },
    "/console/personnes/[id]/depart": { tested: "people.spec.ts" },
    "/console/personnes/importer": { tested: "people-import.spec.ts" },
    "/console/personnes/imports/[id]": { tested: "people-import.spec.ts" },
    "/console/personnes/inviter": { tested: "people.spec.ts" },
    "/console/personnes/taches/[id]": { tested: "people.spec.ts" },
    "/console/roles": { tested: "roles.spec.ts" },
    "/console/roles/[slug]": { at: "/console/roles/comptable" },
    "/console/roles/nouveau": { tested: "roles.spec.ts" },
    "/console/sante": { tested: "accessibility.spec.ts" },
    "/console/second-facteur": { at: "/console/second-facteur" },
    "/console/sessions": { tested: "session-lifetimes.spec.ts" },
    "/console/temps-reel": { tested: "console-realtime.spec.ts" },
    "/compte/activation": { tested: "account-mails.spec.ts" },
    "/compte/mot-de-passe": { tested: "account-mails.spec.ts" },
    "/compte/oublie": { tested: "account-mails.spec.ts" },
    "/compte/pas-moi": { tested: "account-mails.spec.ts" },
    "/compte/termine": { tested: "account-mails.spec.ts" },
    "/interaction/[uid]": { tested: "accessibility.spec.ts" },
    "/interaction/[uid]/factor": { tested: "second-factor.spec.ts" },
    "/profil/mot-de-passe": { tested: "account-mails.spec.ts" },
    "/profil/securite": { tested: "passkeys.spec.ts" },
  },
};

/** The pages that a portal has, as their folders say. */
export function pagesOf(portal: Portal): string[] {
  const files = readdirSync(join(ROOT, "apps", portal, "src/app"), { recursive: true, encoding: "utf8" });
  return files.flatMap((file) => {
    if (!/(^|\/)page\.tsx$/.test(file)) return [];
    return [`/${file.replaceAll(/\([^)]*\)\/|\/?page\.tsx$/g, "")}`];
  });
}

/** Tests that a table names for a page, and that do not ask axe. */
export function testsWithoutAxe(): string[] {
  const named = new Set(
    Object.values(PAGE_ROWS).flatMap((rows) =>
      Object.values(rows).flatMap((row) => (row !== "redirect" && "tested" in row ? [row.tested] : [])),
    ),
  );
  return [...named].filter((spec) => !/expectAccessible\w*\(/.test(readFileSync(join(ROOT, "e2e", spec), "utf8")));
}
