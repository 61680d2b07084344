import { AppError } from "@mgs/core/errors";
import { isPortal } from "@mgs/core/portals";
import { type WhoCanInput, whoCan } from "@mgs/identity/roles/who-can";
import { pageTitle } from "@mgs/portal/page-title";
import { type ConsoleContext, getPageContext } from "../../../../features/console/console-context";
import type { SearchParams } from "../../../../features/console/invalid-filters";
import { subjects } from "../../../../features/people/holdings";
import { readText } from "../../../../features/people/people-search";
import { allPermissions, permissionGroups } from "../../../../features/roles/permission-groups";
import { WhoCanPage, type WhoCanSearch } from "../../../../features/roles/who-can-page";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.roles.whoCan.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  const params = await searchParams;
  const names = ["permission", "portal", "notification", "search", "after"] as const;
  const search: WhoCanSearch = Object.fromEntries(
    names.flatMap((name) => {
      const text = readText(params, name, name === "after" ? 1_000 : 100);
      return text === undefined ? [] : [[name, text]];
    }),
  );
  const found = await answerTo(context, search);
  return (
    <WhoCanPage
      texts={context.texts}
      groups={permissionGroups()}
      search={search}
      answer={found === "missing" ? null : found}
      missing={found === "missing"}
    />
  );
}

/** The record counts before the permission, and that before the portal, when several are asked for. */
function readQuestion({ permission, portal, notification }: WhoCanSearch): WhoCanInput["what"] | null {
  if (notification !== undefined) return { type: "notification", id: notification };
  if (permission !== undefined) return { permission };
  return isPortal(portal) ? { portal } : null;
}

async function answerTo({ runtime, actor }: ConsoleContext, search: WhoCanSearch) {
  const what = readQuestion(search);
  if (!what) return null;
  const { search: among, after } = search;
  const input = { what, ...(among === undefined ? {} : { search: among }), ...(after === undefined ? {} : { after }) };
  const deps = { database: runtime.database, permissions: allPermissions(), subjects: subjects() };
  return whoCan(deps, actor, input).catch((error: unknown) => {
    if (error instanceof AppError && (error.status === 404 || error.status === 422)) return "missing" as const;
    throw error;
  });
}
