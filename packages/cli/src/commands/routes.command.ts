import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { PORTALS, type Portal } from "@mgs/core/portals";
import type { RouteDeclaration } from "@mgs/http/route";
import { type Command, Option } from "commander";
import type { CliContext } from "../context";

type Row = { portal: Portal; method: string; path: string; access: string };

/** What the command prints of who may call a route. */
function describeAccess(route: RouteDeclaration): string {
  if (route.access === "public") return "nobody";
  return route.programs ? "token that may send" : "cookie or token";
}

export function addRoutes(program: Command, context: CliContext): void {
  addCommand(program, "routes", {
    summary: "list the HTTP routes of the portals, pages left out, and who may call each",
    examples: [["routes --portal administration", "of one portal"]],
  })
    .addOption(new Option("--portal <portal>", "only of this one").choices(PORTALS))
    .action(async ({ portal, json }: { portal?: Portal; json: boolean }) => {
      const rows = (await listRoutes()).filter((row) => portal === undefined || row.portal === portal);
      printResult(context, json, rows, () =>
        printTable(
          context,
          ["PORTAL", "METHOD", "PATH", "AUTHENTICATION"],
          rows.map((row) => [row.portal, row.method, row.path, row.access]),
          "none",
        ),
      );
    });
}

/** The modules are loaded when the list is asked for: the provider's library is large. */
async function listRoutes(): Promise<Row[]> {
  const [{ PORTAL_MODULES }, { routesOf }, { PROVIDER_PATHS }] = await Promise.all([
    import("../portal-modules"),
    import("@mgs/portal/route-table"),
    import("@mgs/oidc/endpoints"),
  ]);
  const routes = PORTALS.flatMap((portal) =>
    routesOf(portal, PORTAL_MODULES).map((route) => ({
      portal,
      method: route.method,
      path: route.path,
      access: describeAccess(route),
    })),
  );
  const provider = Object.values(PROVIDER_PATHS).map((path) => ({
    portal: "administration" as const,
    method: "*",
    path,
    access: "OpenID Connect",
  }));
  const place = (row: Row) => PORTALS.indexOf(row.portal);
  return [...routes, ...provider].sort((a, b) => place(a) - place(b) || a.path.localeCompare(b.path));
}
