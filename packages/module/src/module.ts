import type { IncomingMessage } from "node:http";
import type { PermissionTable } from "@mgs/core/permissions";
import type { RetentionRule } from "@mgs/db/retention";
import type { NodeAnswer } from "@mgs/http/fast-path/intercept-requests";
import type { Route } from "@mgs/http/route";
import type { RouteTableDocs } from "@mgs/http/route-docs";
import type { ModuleTexts } from "@mgs/i18n/texts";
import type { ClaimReading } from "@mgs/jobs/outbox.repository";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import type { z } from "zod";
import type { CommandGroup } from "./command";
import type { Holdings } from "./holdings";
import type { Navigation } from "./navigation";
import type { HandledKind } from "./outbox";
import type { PaletteSource } from "./palette";
import type { PortalDeps } from "./portal-deps";
import type { Schedule } from "./schedule";
import type { SubjectAccess } from "./subject-access";
import type { WorkerDeps } from "./worker-deps";

/**
 * The parts that one domain adds to the processes. Portals, the worker and the command line each combine a list of modules; a
 * new domain is its folder and one line in each list.
 * @typeParam Services the domain's services in a portal's process, for its own routes and pages
 * @typeParam Env its variables of the environment
 */
export type Module<Services extends object = object, Env extends z.ZodType = z.ZodType> = {
  /** The package's name, without its scope. */
  name: string;
  /** Schema of the variables that a portal with this module reads when it starts. */
  env?: Env;
  /** Makes the services. It opens no connection, and starts no timer. */
  createServices?(deps: PortalDeps, env: z.output<Env>): Services;
  /** Opens the services' connections ahead of the first request; it never throws. */
  connect?(services: Services): Promise<void>;
  routes?: readonly Route<PortalDeps & Services>[];
  /** Loads what the OpenAPI document says of its routes. The command line and tests alone call it. */
  openApi?(): Promise<RouteTableDocs>;
  /**
   * Answers requests before the framework that match no route, such as those to the provider's endpoints.
   * @returns null for a request of another module
   */
  intercept?(deps: PortalDeps & Services, pathname: string, request: IncomingMessage): NodeAnswer | null;
  /** Rules of the private and presence channels that a caller may join. */
  channels?: readonly ChannelRule<PortalDeps>[];
  /** Loads what the AsyncAPI document says of its channels, and of what it publishes on those of others. */
  asyncApi?(): Promise<readonly ChannelDocs[]>;
  /** The domain's actions and their audiences: the table of its `permissions.ts`. */
  permissions?: PermissionTable;
  /** Loads its entries of the navigation and of the dashboard. Pages of a portal alone call it. */
  navigation?(): Promise<Navigation>;
  /** Loads what it adds to the command palette. Portals alone call it. */
  palette?(): Promise<readonly PaletteSource[]>;
  /** Its texts, under its name: pages use `useTranslations("<name>.<group>")`. */
  texts?: ModuleTexts;
  /** Its tables. No other package's SQL names them; `packages/db/src/table-owners.ts` maps every table of the product. */
  tables?: readonly string[];
  /** Its kinds of outbox rows, with their handlers. */
  outbox?: readonly HandledKind[];
  /** Further columns that the worker reads in the claim statement; handlers find them in `attempt.row`. */
  claimReading?: ClaimReading;
  /** What people hold in it, and its hand-over to a colleague when they leave. */
  holdings?: readonly Holdings[];
  /** Who may open its records, and why. */
  subjects?: readonly SubjectAccess[];
  /** Work that the worker does at intervals. */
  schedules?: readonly Schedule[];
  /** Retention rules of its tables. */
  retention?: readonly RetentionRule<WorkerDeps>[];
  /** Loads its commands. Only the command line calls it, since portals and the worker need none of the commands' libraries. */
  commands?(): Promise<readonly CommandGroup[]>;
};

/** Declares a module; the compiler infers what its services and its environment are. */
export function defineModule<Services extends object = object, Env extends z.ZodType = z.ZodType>(
  module: Module<Services, Env>,
): Module<Services, Env> {
  return module;
}
