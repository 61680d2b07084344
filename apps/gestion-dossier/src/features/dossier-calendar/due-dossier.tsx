import type { DossierSummary } from "@mgs/dossiers/contract/dossier";
import { dossierPath } from "@mgs/dossiers/links";
import { cn } from "@mgs/ui/cn";
import Link from "next/link";
import type { CalendarTexts } from "./calendar-texts";

const EDGES: Readonly<Record<DossierSummary["priority"], string>> = {
  basse: "border-line-strong",
  normale: "border-line-strong",
  haute: "border-warning-ink",
  urgente: "border-danger",
};

type DueDossierProps = { dossier: DossierSummary; t: CalendarTexts["t"] };

/** A dossier on its day. What is urgent has a word for it and a colour at its edge. */
export function DueDossier({ dossier: { id, reference, title, priority, overdue }, t }: DueDossierProps) {
  const isHigh = priority === "haute" || priority === "urgente";
  return (
    <Link
      href={dossierPath(id)}
      prefetch={false}
      className={cn(
        "block min-w-0 rounded-e-md border-s-3 bg-subtle px-2 py-1 text-xs hover:bg-accent-soft",
        EDGES[priority],
      )}
    >
      <span className={cn("block tabular-nums", overdue ? "font-medium text-danger-ink" : "text-muted")}>
        {isHigh ? `${reference} · ${t(`priorities.${priority}`)}` : reference}
      </span>
      <bdi className="line-clamp-2 break-words">{title}</bdi>
    </Link>
  );
}
