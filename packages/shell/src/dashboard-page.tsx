"use client";
import { inboxPath } from "@mgs/notifications/links";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Bell, Zap } from "lucide-react";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { HealthCard, HealthSkeleton, type SystemHealthItem } from "./dashboard/health-card";
import { OnlineCard } from "./dashboard/online-card";
import { useUnreadCount } from "./inbox/inbox-provider";
import { NotificationList } from "./inbox/notification-list";
import { useTranslations } from "./intl";
import type { NavItem } from "./layout/nav";
import { PageHeader } from "./layout/page-header";
import { useShell } from "./shell-context";

type DashboardPageProps = {
  /** For administrators: the server starts reading and does not wait; null when it could not read. */
  health?: Promise<readonly SystemHealthItem[] | null>;
  quickActions: readonly NavItem[];
  /** The card of the devices seen last. */
  recentDevices: ReactNode;
};

const LATEST_COUNT = 6;

/** `/dashboard`: the latest notifications, actions, people online, and for administrators the system's health. */
export function DashboardPage({ health, quickActions, recentDevices }: DashboardPageProps) {
  const t = useTranslations("dashboard");
  const { user } = useShell();
  const count = useUnreadCount();
  return (
    <>
      <PageHeader title={t("greeting", { name: user.name })} intro={t("summary", { count })} />
      <div className="grid items-start gap-6 xl:grid-cols-3">
        <Card className="xl:col-span-2">
          <CardHeader
            title={t("latest")}
            icon={<Bell aria-hidden />}
            action={
              <Link href={inboxPath()} className={buttonStyles({ variant: "ghost", size: "sm" })}>
                {t("seeAll")}
              </Link>
            }
          />
          <NotificationList filter="all" density="compact" limit={LATEST_COUNT} />
        </Card>
        <div className="grid gap-6">
          <Card>
            <CardHeader title={t("actions")} icon={<Zap aria-hidden />} />
            <ul className="grid gap-1 p-2">
              {quickActions.map(({ href, label, icon }) => (
                <li key={href}>
                  <Link
                    href={href}
                    className="flex min-h-control items-center gap-3 rounded-lg px-2 py-1 font-medium transition-colors hover:bg-subtle sm:px-4 [&_svg]:size-4 [&_svg]:text-accent-ink"
                  >
                    {icon}
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
          <OnlineCard />
          {recentDevices}
          {health ? (
            <Suspense fallback={<HealthSkeleton />}>
              <HealthCard health={health} />
            </Suspense>
          ) : null}
        </div>
      </div>
    </>
  );
}
