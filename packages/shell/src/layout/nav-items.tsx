import {
  AppWindow,
  Bell,
  CalendarDays,
  CalendarX,
  ChartColumn,
  CircleUser,
  FileText,
  FolderOpen,
  FolderPlus,
  HeartPulse,
  History,
  KeyRound,
  LayoutDashboard,
  ListOrdered,
  MessagesSquare,
  MonitorSmartphone,
  NotebookPen,
  RadioTower,
  ScrollText,
  Send,
  ShieldCheck,
  Timer,
  UsersRound,
  Wrench,
} from "lucide-react";
import type { NavItem } from "./nav";

const ICONS = {
  "app-window": AppWindow,
  bell: Bell,
  "calendar-days": CalendarDays,
  "calendar-x": CalendarX,
  "chart-column": ChartColumn,
  "circle-user": CircleUser,
  "file-text": FileText,
  "folder-open": FolderOpen,
  "folder-plus": FolderPlus,
  "heart-pulse": HeartPulse,
  history: History,
  "key-round": KeyRound,
  "layout-dashboard": LayoutDashboard,
  "list-ordered": ListOrdered,
  "messages-square": MessagesSquare,
  "monitor-smartphone": MonitorSmartphone,
  "notebook-pen": NotebookPen,
  "radio-tower": RadioTower,
  "scroll-text": ScrollText,
  send: Send,
  wrench: Wrench,
  "shield-check": ShieldCheck,
  timer: Timer,
  "users-round": UsersRound,
} as const;

type NamedEntry = Omit<NavItem, "icon"> & { icon: keyof typeof ICONS };

/**
 * Draws the icons of entries on the server, so that a browser gets the icons that a page shows and not the table of all.
 * Client components must not import it.
 */
export function toNavItems(entries: readonly NamedEntry[]): NavItem[] {
  return entries.map(({ icon, ...entry }) => {
    const Icon = ICONS[icon];
    return { ...entry, icon: <Icon aria-hidden /> };
  });
}
