import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { PORTALS, type Portal } from "@mgs/core/portals";
import type { RouteDeclaration } from "@mgs/http/route";
import { type Command, Option } from "commander";
import type { CliContext } from "../context";

type RoutesOptions = { portal?: Portal; openapi?: true; asyncapi?: true; json: boolean };
type Row = { portal: Portal; method: string; path: string; access: string };

/** Describes the callers that a route accepts. */
function describeAccess(route: RouteDeclaration): string {
  if (route.access === "public") return "nobody";
  return route.programs ? "token that may send" : "cookie or token";
}

export function addRoutes(program: Command, context: CliContext): void {
  addCommand(program, "routes", {
    summary: "list the HTTP routes of the portals, pages left out, and who may call each",
    examples: [
      ["routes --portal administration", "of one portal"],
      ["routes --openapi", "as an OpenAPI document, as docs/api/openapi.yaml has it"],
      ["routes --asyncapi", "their live events as an AsyncAPI document, as docs/api/asyncapi.yaml has it"],
    ],
  })
    .addOption(new Option("--portal <portal>", "only of this one").choices(PORTALS))
    .addOption(
      new Option("--openapi", "print the API of all portals as an OpenAPI document, in YAML").conflicts("portal"),
    )
    .addOption(
      new Option("--asyncapi", "print the live events of all portals as an AsyncAPI document, in YAML").conflicts([
        "portal",
        "openapi",
      ]),
    )
    .action(async ({ portal, openapi, asyncapi, json }: RoutesOptions) => {
      if (openapi) return context.print(await printOpenApi(json));
      if (asyncapi) return context.print(await printAsyncApi(json));
      const rows = (await listRows()).filter((row) => portal === undefined || row.portal === portal);
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

/** Makes the OpenAPI document as YAML, or as JSON. */
async function printOpenApi(json: boolean): Promise<string> {
  const [{ PORTAL_MODULES }, { createOpenApiDocument }, { writeOpenApiFile }] = await Promise.all([
    import("../portal-modules"),
    import("@mgs/portal/openapi/create-document"),
    import("../openapi/write-openapi-file"),
  ]);
  if (json) return JSON.stringify(await createOpenApiDocument(PORTAL_MODULES), null, 2);
  return (await writeOpenApiFile(PORTAL_MODULES)).trimEnd();
}

/** Makes the AsyncAPI document as YAML, or as JSON. */
async function printAsyncApi(json: boolean): Promise<string> {
  const [{ PORTAL_MODULES }, { createAsyncApiDocument }, { writeAsyncApiFile }] = await Promise.all([
    import("../portal-modules"),
    import("@mgs/portal/asyncapi/create-asyncapi"),
    import("../openapi/write-asyncapi-file"),
  ]);
  if (json) return JSON.stringify(await createAsyncApiDocument(PORTAL_MODULES), null, 2);
  return (await writeAsyncApiFile(PORTAL_MODULES)).trimEnd();
}

/** Lists the routes. It loads the modules when the command runs, because the provider's library is large. */
async function listRows(): Promise<Row[]> {
  const [{ PORTAL_MODULES }, { listRoutes }, { PROVIDER_PATHS }] = await Promise.all([
    import("../portal-modules"),
    import("@mgs/portal/route-table"),
    import("@mgs/oidc/endpoints"),
  ]);
  const routes = PORTALS.flatMap((portal) =>
    listRoutes(portal, PORTAL_MODULES).map((route) => ({
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
