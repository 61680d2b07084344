import { isPortal } from "@mgs/core/portals";
import { useTranslations } from "../intl";
import type { InboxItem } from "./state";

/** What sent a notification, in the reader's words: a portal, a program by its name, or that it is gone. */
export function useSourceName({ source, source_name }: Pick<InboxItem, "source" | "source_name">): string {
  const portals = useTranslations("shell.portals");
  const t = useTranslations("notifications");
  if (isPortal(source)) return portals(source);
  // A server of an older release does not say.
  return source_name === undefined ? source : (source_name ?? t("removedProgram"));
}
