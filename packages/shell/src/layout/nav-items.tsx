import {
  AppWindow,
  Bell,
  FileText,
  FolderOpen,
  HeartPulse,
  History,
  LayoutDashboard,
  ListOrdered,
  NotebookPen,
  RadioTower,
  Send,
} from "lucide-react";
import type { NavItem } from "./nav";

const ICONS = {
  "app-window": AppWindow,
  bell: Bell,
  "file-text": FileText,
  "folder-open": FolderOpen,
  "heart-pulse": HeartPulse,
  history: History,
  "layout-dashboard": LayoutDashboard,
  "list-ordered": ListOrdered,
  "notebook-pen": NotebookPen,
  "radio-tower": RadioTower,
  send: Send,
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
