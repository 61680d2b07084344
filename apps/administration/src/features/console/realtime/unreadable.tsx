import { EmptyState } from "@mgs/ui/empty-state";
import { CloudOff } from "lucide-react";
import type { ConsoleTexts } from "../texts";
import type { SampleProblem } from "./samples";

/** The placeholder of a part that could not be read; the page explains the remedy above the figures. */
export function Unreadable({ texts: { t }, problem }: { texts: ConsoleTexts; problem: SampleProblem }) {
  const known = problem === "away" || problem === "refused";
  return <EmptyState icon={<CloudOff />} title={known ? t(`realtime.${problem}.title`) : t("realtime.failed")} />;
}
