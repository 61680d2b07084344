import type { Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { NavItem } from "@mgs/shell/layout/nav";
import { HeartPulse, History, ListOrdered, RadioTower } from "lucide-react";

/** The console's entries, for administrators. */
export function consoleNav({ role, locale }: { role: Role; locale: Locale }): NavItem[] {
  if (role !== "administrateur") return [];
  const { nav } = messagesFor(locale).console;
  return [
    { href: "/console/notifications", label: nav.notifications, icon: <History aria-hidden /> },
    { href: "/console/files-d-attente", label: nav.queues, icon: <ListOrdered aria-hidden /> },
    { href: "/console/temps-reel", label: nav.realtime, icon: <RadioTower aria-hidden /> },
    { href: "/console/sante", label: nav.health, icon: <HeartPulse aria-hidden /> },
  ];
}
