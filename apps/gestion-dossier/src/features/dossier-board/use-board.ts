"use client";
import { type DossierState, findStep } from "@mgs/dossiers/contract/states";
import { useSocketId } from "@mgs/realtime/react";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { useLocale, useTranslations } from "@mgs/shell/intl";
import { handleSessionRefusal } from "@mgs/shell/page-session";
import { useLiveRefresh } from "@mgs/shell/table/live-refresh";
import { showMessage } from "@mgs/shell/toasts/show-message";
import { useRef, useState } from "react";
import type { Card } from "./card";
import { addPage, type Column, type Move, moveCard, returnCard, stateOfCard } from "./columns";
import { loadCards, loadColumns } from "./load-columns";

export type MoveAction = (
  dossierId: number,
  step: { from: DossierState; to: DossierState; reason: string },
  socketId: string | undefined,
) => Promise<ActionResult>;

export type BoardOptions = {
  initial: readonly Column[];
  labels: Readonly<Record<DossierState, string>>;
  /** The query of each column's pages. */
  queries: Readonly<Record<DossierState, Readonly<Record<string, string>>>>;
  /** The filters of the board. */
  filter: Readonly<Record<string, string>>;
  /** The channels that tell of changes. */
  channels: readonly string[];
  pageSize: number;
  move: MoveAction;
};

/**
 * The state of the board. A move is shown at once; a refusal puts the card back and says why. What others do is loaded when it is told, while
 * nobody moves a card here. What happens is said to screen readers.
 */
export function useBoard({ initial, labels, queries, filter, channels, pageSize, move }: BoardOptions) {
  const t = useTranslations("board");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const socketId = useSocketId();
  const [columns, setColumns] = useState(initial);
  const [announced, setAnnounced] = useState("");
  /** A move whose step needs a reason, while it is asked for. */
  const [asked, setAsked] = useState<Move | null>(null);
  const [loading, setLoading] = useState<ReadonlySet<DossierState>>(new Set());
  /** The card that gets the focus in its new place, after a move by keyboard. */
  const [focused, setFocused] = useState<{ id: number } | null>(null);

  /** How many moves are under way, and how many have begun: what was loaded before one began is no longer true. */
  const moves = useRef({ pending: 0, begun: 0 }).current;

  const { ask } = useLiveRefresh({
    channels,
    isHeld: () => asked !== null || loading.size > 0 || moves.pending > 0 || isBoardInUse(),
    refresh: async () => {
      const { begun } = moves;
      const loaded = await loadColumns(filter, queries, columns);
      if (loaded === null) return;
      if (moves.begun !== begun || isBoardInUse()) return ask();
      show(loaded);
    },
  });

  function show(loaded: Column[]) {
    // A first answer in which nothing is new is not worth a word.
    if (JSON.stringify(loaded.map(summaryOf)) === JSON.stringify(columns.map(summaryOf))) return;
    const held = Number(document.activeElement?.closest("[data-card]")?.getAttribute("data-card"));
    const hasMoved = stateOfCard(loaded, held) !== stateOfCard(columns, held);
    setColumns(loaded);
    if (held > 0 && hasMoved) setFocused({ id: held });
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date());
    setAnnounced(t("updated", { time }));
  }

  function begin(wanted: Move) {
    const step = findStep(wanted.from, wanted.to);
    if (!step) return;
    if (step.needsReason) setAsked(wanted);
    else void take(wanted, "");
  }

  /** @returns the refusal, for the dialog that asked for the reason; null when the card has moved */
  async function take(wanted: Move, reason: string): Promise<ActionResult | null> {
    const { card, from, to } = wanted;
    const place = columns.find(({ state }) => state === from)?.cards.findIndex(({ id }) => id === card.id) ?? 0;
    const values = { reference: card.reference, state: labels[to] };
    setColumns((now) => moveCard(now, wanted));
    setFocused({ id: card.id });
    setAnnounced(t("moving", values));
    moves.begun += 1;
    moves.pending += 1;
    const result = await move(card.id, { from, to, reason }, socketId()).catch(() => null);
    moves.pending -= 1;
    if (result?.ok) {
      const count = (columns.find(({ state }) => state === to)?.count ?? 0) + 1;
      setAnnounced(t("moved", { ...values, count }));
      return null;
    }
    setColumns((now) => returnCard(now, wanted, place));
    setFocused({ id: card.id });
    const refusal = result ?? { ok: false, message: shell("noAnswer") };
    if (!handleSessionRefusal(refusal.code)) {
      const why = refusal.fieldErrors?.[0]?.message ?? refusal.message;
      const text = t("refused", { reference: card.reference, reason: why });
      setAnnounced(text);
      showMessage(text, "danger");
    }
    return refusal;
  }

  async function loadMore({ state, next }: Column) {
    if (next === null || loading.has(state)) return;
    setLoading((now) => new Set([...now, state]));
    const page = await loadCards(queries[state], next, pageSize);
    setLoading((now) => new Set([...now].filter((one) => one !== state)));
    if (!page) return showMessage(shell("noAnswer"), "danger");
    const { items, next: after } = page;
    setColumns((now) => addPage(now, state, items, after));
    setAnnounced(t("loaded", { count: items.length, state: labels[state] }));
  }

  const focusCard = ({ id }: Pick<Card, "id">) => setFocused({ id });
  return { columns, begin, take, asked, setAsked, announced, loadMore, loading, focused, focusCard };
}

/** Whether a card is being dragged, or its menu is open. */
const isBoardInUse = (): boolean =>
  document.querySelector("[data-dragged], [data-card] [aria-expanded=true], dialog[open]") !== null;

/** What of a column is seen. */
const summaryOf = ({ state, count, cards, next }: Column) => [
  ...[state, count, next === null],
  cards.map(({ id, title, priority, due_on, overdue, assignee }) => [
    id,
    title,
    priority,
    due_on,
    overdue,
    assignee?.name,
  ]),
];
