import type { Portal } from "@mgs/core/portals";
import { processSingleton } from "@mgs/core/process-singleton";
import { toFrameworkPath } from "@mgs/http/path-pattern";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import type { Module } from "@mgs/module/module";
import { createGuard } from "@mgs/portal-auth/guard";
import type { ComponentProps } from "react";
import { compose, readEnv, type SignInServices } from "./composition";
import { mountRouter } from "./mount";
import { collectEntries } from "./navigation";
import { PageTexts } from "./page-texts";
import { routesOf } from "./route-table";
import { startProcess } from "./start-process";

type PortalOptions<SignIn extends SignInServices> = {
  portal: Portal;
  /** The module that signs visitors in: the provider's in administration, else the one of its clients. */
  signIn: Module<SignIn>;
  modules: readonly Module[];
};

/**
 * A portal out of its modules. It is made on first use, since a build has no environment; making it opens no connection and
 * starts no timer, which `start` does.
 */
export function createPortal<SignIn extends SignInServices>(options: PortalOptions<SignIn>) {
  const { portal, signIn } = options;
  const modules: readonly Module[] = [signIn, ...options.modules];
  const composition = processSingleton(`mgs.portal.${portal}`, () => compose(portal, modules, signIn.name));
  /** What a module made in this process. */
  const services = <Services extends object>(module: Module<Services>): Services =>
    composition().services.get(module.name) as Services;
  const guard = createGuard(async () => services(signIn).sessions);
  return {
    /** Sends groups of texts to the browser, for what stands within. */
    PageTexts: (props: Pick<ComponentProps<typeof PageTexts>, "groups" | "children">) =>
      PageTexts({ ...props, modules, session: guard.currentSession }),
    /** The entries of navigation and dashboard that a visitor may open. */
    entries: (session: Session) => collectEntries(portal, modules, sessionActor(session, portal)),
    /** Paths of its routes, as the framework writes them. */
    routePaths: routesOf(portal, modules).map(({ path }) => toFrameworkPath(path)),
    /** @throws EnvironmentError naming every variable of the portal or a module that is missing or wrong */
    readEnv: () => readEnv(modules),
    /** Connections and settings of this process. */
    runtime: () => composition().runtime,
    services,
    /** What the sign-in's module made in this process. */
    signIn: () => services(signIn),
    ...guard,
    /** Exports of a `route.ts` in this folder below `app`, such as `/api/[...path]`. */
    mount: (folder: string) => mountRouter(folder, () => composition().router),
    /** Opens the connections and takes the busiest addresses over. Call once when the process starts. */
    start: () => startProcess(composition()),
  };
}
