"use client";
import { type DossierState, stepsFrom } from "@mgs/dossiers/contract/states";
import { dossierPath } from "@mgs/dossiers/links";
import { useLocale, useTranslations } from "@mgs/shell/intl";
import { Badge } from "@mgs/ui/badge";
import { cn } from "@mgs/ui/cn";
import { DropdownMenu, MenuLabel, menuLink } from "@mgs/ui/dropdown-menu";
import { ArrowRightLeft, ChevronsUp, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { Card } from "./card";
import type { Move } from "./columns";
import { useDraggable } from "./use-drag";

type BoardCardProps = {
  card: Card;
  state: DossierState;
  labels: Readonly<Record<DossierState, string>>;
  isAllowed: (from: DossierState, to: DossierState) => boolean;
  onMove: (move: Move) => void;
  /** It has been moved just now: its menu gets the focus, anew with each value. */
  focused: object | null;
};

/** A dossier on the board: it is dragged, or moved by its menu. */
export function BoardCard({ card, state, labels, isAllowed, onMove, focused }: BoardCardProps) {
  const t = useTranslations("board");
  const frame = useRef<HTMLLIElement>(null);
  const steps = stepsFrom(state).filter(({ to }) => isAllowed(state, to));
  const dragged = useDraggable(frame, { card, from: state }, steps.length > 0);

  useEffect(() => {
    if (focused) frame.current?.querySelector("button")?.focus();
  }, [focused]);

  return (
    <li
      ref={frame}
      data-card={card.id}
      data-dragged={dragged || undefined}
      className={cn(
        "grid gap-2 rounded-lg border border-line bg-surface p-3 shadow-card",
        // A finger that rests on it takes the card up; it does not choose its text.
        steps.length > 0 && "cursor-grab pointer-coarse:select-none active:cursor-grabbing",
        dragged && "opacity-40",
      )}
    >
      <div className="flex items-start gap-2">
        <Link href={dossierPath(card.id)} prefetch={false} draggable={false} className="group/link min-w-0 flex-1">
          <span className="block text-muted text-xs tabular-nums">{card.reference}</span>
          <bdi className="wrap-anywhere font-medium underline-offset-4 group-hover/link:underline">{card.title}</bdi>
        </Link>
        {steps.length > 0 ? (
          <DropdownMenu
            align="end"
            button={{
              "aria-label": t("moveTo", { reference: card.reference }),
              title: t("move"),
              className:
                "-me-1 -mt-1 inline-flex size-control-sm shrink-0 items-center justify-center rounded-lg text-muted hover:bg-subtle hover:text-ink [&_svg]:size-4",
              children: <ArrowRightLeft aria-hidden />,
            }}
          >
            <MenuLabel>{t("move")}</MenuLabel>
            {steps.map(({ to }) => (
              <button {...menuLink} key={to} type="button" onClick={() => onMove({ card, from: state, to })}>
                {labels[to]}
              </button>
            ))}
          </DropdownMenu>
        ) : null}
      </div>
      <CardFacts card={card} />
    </li>
  );
}

function CardFacts({ card: { priority, due_on, overdue, assignee } }: { card: Card }) {
  const t = useTranslations("board");
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const Icon = priority === "urgente" ? ChevronsUp : ChevronUp;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs empty:hidden">
      {priority === "haute" || priority === "urgente" ? (
        <Badge tone={priority === "urgente" ? "danger" : "warning"}>
          <Icon aria-hidden />
          {t(`priorities.${priority}`)}
        </Badge>
      ) : null}
      {due_on === null ? null : (
        <time dateTime={due_on} className={cn(overdue && "font-medium text-danger-ink")}>
          {overdue
            ? t("overdue", { day: day.format(new Date(`${due_on}T00:00:00Z`)) })
            : day.format(new Date(`${due_on}T00:00:00Z`))}
        </time>
      )}
      {assignee ? <bdi className="ms-auto truncate">{assignee.name}</bdi> : null}
    </div>
  );
}
