import { PORTALS, type Portal } from "@mgs/core/portals";
import { PROVIDER_ENDPOINTS, ROUTES } from "@mgs/http/routes";
import { type Command, Option } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult, printTable } from "../print-table";

type Row = { portal: Portal; method: string; path: string; access: string };

/** What the command prints for each `access` of the list. */
const ACCESS = { public: "nobody", person: "cookie or token", sender: "token that may send" } as const;

export function addRoutes(program: Command, context: CliContext): void {
  addCommand(program, "routes", {
    summary: "list the HTTP routes of the portals, pages left out, and who may call each",
    examples: [["routes --portal administration", "of one portal"]],
  })
    .addOption(new Option("--portal <portal>", "only of this one").choices(PORTALS))
    .action(async ({ portal, json }: { portal?: Portal; json: boolean }) => {
      const rows = allRoutes().filter((row) => portal === undefined || row.portal === portal);
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

function allRoutes(): Row[] {
  const handlers = ROUTES.flatMap(({ folder, portals, methods, access }) =>
    portals.flatMap((portal) =>
      methods.map((method) => ({
        portal,
        method,
        path: `/${folder.replace(/\[\.\.\.(\w+)\]/g, "*$1").replace(/\[(\w+)\]/g, "{$1}")}`,
        access: ACCESS[access],
      })),
    ),
  );
  const provider = Object.values(PROVIDER_ENDPOINTS).map((path) => ({
    portal: "administration" as const,
    method: "*",
    path,
    access: "OpenID Connect",
  }));
  const place = (row: Row) => PORTALS.indexOf(row.portal);
  return [...handlers, ...provider].sort((a, b) => place(a) - place(b) || a.path.localeCompare(b.path));
}
