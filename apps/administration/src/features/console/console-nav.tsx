import type { UserActor } from "@mgs/core/actor";
import { messagesFor } from "@mgs/i18n/catalogue";
import { can as canJobs } from "@mgs/jobs/permissions";
import { can as canNotifications } from "@mgs/notifications/permissions";
import { can as canHealth } from "@mgs/observability/permissions";
import { can as canRealtime } from "@mgs/realtime-admin/permissions";
import type { NavItem } from "@mgs/shell/layout/nav";
import { HeartPulse, History, ListOrdered, RadioTower } from "lucide-react";
import { healthPath, queuesPath, realtimePath, sentPath } from "./links";

/** The console's entries that a visitor may open. */
export function consoleNav(actor: UserActor): NavItem[] {
  const { nav } = messagesFor(actor.locale).console;
  const entries = [
    {
      href: sentPath(),
      label: nav.notifications,
      icon: <History aria-hidden />,
      isOpen: canNotifications(actor, "sent.read"),
    },
    {
      href: queuesPath(),
      label: nav.queues,
      icon: <ListOrdered aria-hidden />,
      isOpen: canJobs(actor, "queues.read"),
    },
    {
      href: realtimePath(),
      label: nav.realtime,
      icon: <RadioTower aria-hidden />,
      isOpen: canRealtime(actor, "channels.read"),
    },
    {
      href: healthPath(),
      label: nav.health,
      icon: <HeartPulse aria-hidden />,
      isOpen: canHealth(actor, "health.read"),
    },
  ];
  return entries.filter(({ isOpen }) => isOpen);
}
