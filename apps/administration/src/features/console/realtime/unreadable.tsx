import { EmptyState } from "@mgs/ui/empty-state";
import { CloudOff } from "lucide-react";
import type { ConsoleTexts } from "../texts";
import type { ReadingProblem } from "./readings";

/** In the place of what could not be read; what to do about it stands above the figures. */
export function Unreadable({ texts: { t }, problem }: { texts: ConsoleTexts; problem: ReadingProblem }) {
  const known = problem === "away" || problem === "refused";
  return <EmptyState icon={<CloudOff />} title={known ? t(`realtime.${problem}.title`) : t("realtime.failed")} />;
}
