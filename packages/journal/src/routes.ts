import { AppError } from "@mgs/core/errors";
import { proofPath } from "@mgs/core/portal-links";
import { csvAnswer } from "@mgs/http/csv/write-csv";
import { isNavigation } from "@mgs/http/form-page";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { EXPORT_COLUMNS, exportTrail } from "./export-trail";
import { journalPath } from "./links";

/** Names the filters of the export as the page names them. */
function toSearch({ user_id, ...filter }: Readonly<Record<string, string>>): Record<string, string> {
  return { ...(user_id === undefined ? {} : { person: user_id }), ...filter };
}

export const journalRoutes = [
  {
    method: "GET",
    path: "/api/audit/export",
    portals: ["administration"],
    access: "signed-in",
    // The permission admits people at work in Administration alone, whatever a token's scopes are.
    scope: "profile",
    handler: async ({ actor, request, locale }, deps) => {
      const filter = Object.fromEntries(new URL(request.url).searchParams);
      try {
        const rows = await exportTrail(deps, actor, { ...filter, locale });
        const day = deps.clock.now().toISOString().slice(0, 10);
        return csvAnswer(`journal-${day}`, EXPORT_COLUMNS, rows);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "PROOF_REQUIRED" || !isNavigation(request)) throw error;
        // A person who follows the link proves who they are, and comes back to the page with its filters.
        return new Response(null, { status: 303, headers: { location: proofPath(journalPath(toSearch(filter))) } });
      }
    },
  },
] as const satisfies readonly Route<PortalDeps>[];
