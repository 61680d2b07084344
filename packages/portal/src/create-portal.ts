import type { Portal } from "@mgs/core/portals";
import { processSingleton } from "@mgs/core/process-singleton";
import { toFrameworkPath } from "@mgs/http/path-pattern";
import { recordImpersonatedAct } from "@mgs/identity/impersonation/record-impersonated-act";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import type { Module } from "@mgs/module/module";
import { createGuard } from "@mgs/portal-auth/guard";
import type { ComponentProps } from "react";
import { compose, readEnv, type SignInServices } from "./composition";
import { mountRouter } from "./mount";
import { collectEntries } from "./navigation";
import { PageTexts } from "./page-texts";
import { listRoutes } from "./route-table";
import { createActionRunner } from "./run-action";
import { startProcess } from "./start-process";

type PortalOptions<SignIn extends SignInServices> = {
  portal: Portal;
  /** The module that signs visitors in: the provider's in administration, the client's in the other portals. */
  signIn: Module<SignIn>;
  modules: readonly Module[];
};

/**
 * Creates a portal from its modules. Its parts are made on first use, since a build has no environment. Only `start` opens
 * connections and starts timers.
 */
export function createPortal<SignIn extends SignInServices>(options: PortalOptions<SignIn>) {
  const { portal, signIn } = options;
  const modules: readonly Module[] = [signIn, ...options.modules];
  const composition = processSingleton(`mgs.portal.${portal}`, () => compose(portal, modules, signIn.name));
  /** Returns a module's services in this process. */
  const services = <Services extends object>(module: Module<Services>): Services =>
    composition().services.get(module.name) as Services;
  const guard = createGuard(
    async () => services(signIn).sessions,
    (session, path) => {
      const act = { method: "POST", path: path.split("?")[0] ?? "" };
      return recordImpersonatedAct(composition().runtime.database, sessionActor(session, portal), act);
    },
  );
  return {
    /** Sends groups of texts to the browser for its children. */
    PageTexts: (props: Pick<ComponentProps<typeof PageTexts>, "groups" | "children">) =>
      PageTexts({ ...props, modules, session: guard.currentSession }),
    /** Lists the entries of navigation and dashboard that a visitor may open. */
    entries: (session: Session) =>
      collectEntries(portal, modules, sessionActor(session, portal), composition().runtime.portalUrls),
    /** Lists the paths of its routes in the framework's form. */
    routePaths: listRoutes(portal, modules).map(({ path }) => toFrameworkPath(path)),
    /** Reads its variables. @throws EnvironmentError that lists every variable in error */
    readEnv: () => readEnv(modules),
    /** Returns the connections and settings of this process. */
    runtime: () => composition().runtime,
    services,
    modules,
    /** Returns the services of the sign-in's module in this process. */
    signIn: () => services(signIn),
    ...guard,
    /** The visitor as use cases know them. */
    actorOf: (session: Session) => sessionActor(session, portal),
    /** Runs a server action of a button or a form. */
    runAction: createActionRunner({ portal, ...guard, runtime: () => composition().runtime }),
    /** Makes the OpenAPI document of the portal, once. */
    openApi: () => composition().openApi(),
    /** Makes the AsyncAPI document of the portal, once. */
    asyncApi: () => composition().asyncApi(),
    /** Makes the exports of a `route.ts` in this folder below `app`, such as `/api/[...path]`. */
    mount: (folder: string) => mountRouter(folder, () => composition().router),
    /** Opens the connections and installs the fast path. Call it once when the process starts. */
    start: () => startProcess(composition()),
  };
}
