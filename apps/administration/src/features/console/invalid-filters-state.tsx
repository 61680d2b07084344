import { EmptyState } from "@mgs/ui/empty-state";
import { FunnelX } from "lucide-react";
import type { ConsoleTexts } from "./texts";

/** What stands in the place of a list's rows while one of its filters is invalid. */
export function InvalidFiltersState({ texts: { t }, text }: { texts: ConsoleTexts; text?: string | undefined }) {
  return <EmptyState icon={<FunnelX />} title={t("invalidFilters.title")} text={text ?? t("invalidFilters.hint")} />;
}
