import type { Priority } from "@mgs/dossiers/contract/rules";
import type { DossierState } from "@mgs/dossiers/contract/states";
import { Badge } from "@mgs/ui/badge";
import { ArrowDown, ArrowUp, ChevronsUp } from "lucide-react";
import type { ComponentProps } from "react";
import type { DossierTexts } from "./list-context";

const STATE_TONES: Readonly<Record<DossierState, ComponentProps<typeof Badge>["tone"]>> = {
  nouveau: "accent",
  en_cours: "warning",
  en_attente: "neutral",
  valide: "success",
  rejete: "danger",
  cloture: "neutral",
};

export function StateMark({ texts: { t }, state }: { texts: DossierTexts; state: DossierState }) {
  return <Badge tone={STATE_TONES[state]}>{t(`states.${state}`)}</Badge>;
}

const PRIORITY_ICONS = { basse: ArrowDown, normale: null, haute: ArrowUp, urgente: ChevronsUp } as const;

/** A priority by word and sign; what is out of the ordinary is darker. */
export function PriorityMark({ texts: { t }, priority }: { texts: DossierTexts; priority: Priority }) {
  const Icon = PRIORITY_ICONS[priority];
  const isHigh = priority === "haute" || priority === "urgente";
  return (
    <span
      className={isHigh ? "inline-flex items-center gap-1 font-medium" : "inline-flex items-center gap-1 text-muted"}
    >
      {Icon ? <Icon aria-hidden className={priority === "urgente" ? "size-3.5 text-danger-ink" : "size-3.5"} /> : null}
      {t(`priorities.${priority}`)}
    </span>
  );
}

type DueMarkProps = { texts: DossierTexts; due: string | null; overdue: boolean };

export function DueMark({ texts: { t, day }, due, overdue }: DueMarkProps) {
  if (due === null) return <span className="whitespace-nowrap text-muted">{t("list.noDue")}</span>;
  if (!overdue)
    return (
      <time dateTime={due} className="whitespace-nowrap">
        {day(due)}
      </time>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 font-medium text-danger-ink">
      <time dateTime={due} className="whitespace-nowrap">
        {day(due)}
      </time>
      <Badge tone="danger">{t("list.overdueMark")}</Badge>
    </span>
  );
}
