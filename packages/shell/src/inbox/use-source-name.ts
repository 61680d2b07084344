import { isPortal } from "@mgs/core/portals";
import { useTranslations } from "../intl";
import type { InboxItem } from "./state";

/** Returns the sender's name in the reader's language: a portal, a program, or a removed program. */
export function useSourceName({ source, source_name }: Pick<InboxItem, "source" | "source_name">): string {
  const portals = useTranslations("shell.portals");
  const t = useTranslations("notifications");
  if (isPortal(source)) return portals(source);
  // A server of an older release sends no `source_name`.
  return source_name === undefined ? source : (source_name ?? t("removedProgram"));
}
