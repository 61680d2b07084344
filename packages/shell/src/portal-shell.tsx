"use client";
import type { MaintenanceDto } from "@mgs/maintenance/contract/maintenance";
import type { ReactNode } from "react";
import { Bell } from "./inbox/bell";
import { useTranslations } from "./intl";
import { AppSwitcher } from "./layout/app-switcher";
import { BottomNav } from "./layout/bottom-nav";
import { ConnectionHint } from "./layout/connection-hint";
import { type NavItem, SideNav } from "./layout/nav";
import { UserMenu } from "./layout/user-menu";
import { MaintenanceBanner } from "./maintenance/maintenance-banner";
import { MessagesLink } from "./messages/messages-link";
import { OutboxSpot } from "./outbox/outbox-spot";
import { PaletteKey } from "./palette/palette-key";
import { SessionEndSpot } from "./session/session-end-spot";

type PortalShellProps = {
  navItems: readonly NavItem[];
  /** The maintenance that was announced or under way when the page was rendered. */
  maintenance: MaintenanceDto | null;
  /** The server's time of rendering in milliseconds. */
  renderedAt: number;
  /** Whether the person works on while the portals are closed. */
  mayPassMaintenance: boolean;
  /** Nobody reads messages in another person's place. */
  isImpersonated: boolean;
  children: ReactNode;
};

/** The frame of every page behind the sign-in, the same in all portals. */
export function PortalShell({
  navItems,
  maintenance,
  renderedAt,
  mayPassMaintenance,
  isImpersonated,
  children,
}: PortalShellProps) {
  const t = useTranslations("shell");
  return (
    <>
      <a
        href="#main"
        className="fixed start-4 top-2 z-50 -translate-y-16 rounded-lg bg-accent px-4 py-2 font-medium text-white focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <header className="sticky top-[var(--frame-top,0px)] z-40 flex h-14 items-center gap-2 border-line border-b bg-surface px-4 lg:px-6">
        <AppSwitcher />
        <div className="ms-auto flex items-center gap-3">
          <PaletteKey />
          {isImpersonated ? null : <MessagesLink />}
          <Bell />
          <UserMenu />
        </div>
      </header>
      <MaintenanceBanner initial={maintenance} renderedAt={renderedAt} mayPass={mayPassMaintenance} />
      <OutboxSpot />
      <ConnectionHint />
      <div className="mx-auto flex w-full max-w-[90rem]">
        <SideNav items={navItems} />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pt-6 pb-24 outline-none sm:px-8 lg:ps-4 lg:pt-8 lg:pb-12"
        >
          <SessionEndSpot />
          {children}
        </main>
      </div>
      <BottomNav items={navItems} />
    </>
  );
}
