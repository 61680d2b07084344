"use client";
import { type DossierState, findStep } from "@mgs/dossiers/contract/states";
import { dossiersApiPath } from "@mgs/dossiers/links";
import { useSocketId } from "@mgs/realtime/channel-react";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { useTranslations } from "@mgs/shell/intl";
import { handleSessionRefusal, sessionFetch } from "@mgs/shell/page-session";
import { showMessage } from "@mgs/shell/toasts/show-message";
import { useState } from "react";
import { type Card, cardPage } from "./card";
import { addPage, type Column, type Move, moveCard, returnCard } from "./columns";

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
  pageSize: number;
  move: MoveAction;
};

/**
 * The state of the board. A move is shown at once; a refusal puts the card back and says why. What happens is said to screen readers.
 */
export function useBoard({ initial, labels, queries, pageSize, move }: BoardOptions) {
  const t = useTranslations("board");
  const shell = useTranslations("shell");
  const socketId = useSocketId();
  const [columns, setColumns] = useState(initial);
  const [announced, setAnnounced] = useState("");
  /** A move whose step needs a reason, while it is asked for. */
  const [asked, setAsked] = useState<Move | null>(null);
  const [loading, setLoading] = useState<ReadonlySet<DossierState>>(new Set());
  /** The card that gets the focus in its new place, after a move by keyboard. */
  const [focused, setFocused] = useState<{ id: number } | null>(null);

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
    const result = await move(card.id, { from, to, reason }, socketId()).catch(() => null);
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
    const query = new URLSearchParams({ ...queries[state], after: next, limit: String(pageSize) });
    const page = await sessionFetch(`${dossiersApiPath()}?${query}`, { cache: "no-store" })
      .then((response) => response.json())
      .catch(() => null);
    setLoading((now) => new Set([...now].filter((one) => one !== state)));
    if (!cardPage(page)) return showMessage(shell("noAnswer"), "danger");
    const { items, next: after } = page.data;
    setColumns((now) => addPage(now, state, items, after));
    setAnnounced(t("loaded", { count: items.length, state: labels[state] }));
  }

  const focusCard = ({ id }: Pick<Card, "id">) => setFocused({ id });
  return { columns, begin, take, asked, setAsked, announced, loadMore, loading, focused, focusCard };
}
