"use client";
import { type DossierState, findStep } from "@mgs/dossiers/contract/states";
import { ActionForm } from "@mgs/shell/actions/action-form";
import { ActionText } from "@mgs/shell/actions/action-text";
import { useTranslations } from "@mgs/shell/intl";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { BoardColumn } from "./board-column";
import { type BoardOptions, useBoard } from "./use-board";

type BoardProps = BoardOptions & {
  maxCount: number;
  /** Which permissions of steps the visitor holds. */
  allowed: Readonly<Record<"dossiers.work" | "dossiers.decide" | "dossiers.reopen", boolean>>;
};

const MAX_REASON_CHARACTERS = 2_000;

/** The board: a column for each state. Cards are dragged, or moved by their menus; every move is a step of the table of steps. */
export function Board({ maxCount, allowed, ...options }: BoardProps) {
  const t = useTranslations("board");
  const { labels } = options;
  const { columns, begin, take, asked, setAsked, announced, loadMore, loading, focused, focusCard } = useBoard(options);
  const isAllowed = (from: DossierState, to: DossierState) => {
    const step = findStep(from, to);
    return step !== undefined && allowed[step.action];
  };
  return (
    <>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <div className="-mx-4 flex snap-x snap-mandatory gap-3 overflow-x-auto px-4 pb-4 sm:mx-0 sm:snap-none sm:px-0">
        {columns.map((column) => (
          <BoardColumn
            key={column.state}
            {...{ column, labels, maxCount, isAllowed }}
            onMove={begin}
            onMore={() => void loadMore(column)}
            loading={loading.has(column.state)}
            focused={focused}
          />
        ))}
      </div>
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={asked ? t("reasonTitle", { reference: asked.card.reference, state: labels[asked.to] }) : ""}
        closeLabel={t("close")}
      >
        {asked ? (
          <ActionForm
            submit={t("confirm")}
            action={async (values) => {
              const reason = typeof values.reason === "string" ? values.reason.trim() : "";
              if (reason === "")
                return { ok: false, message: "", fieldErrors: [{ path: "reason", message: t("reasonNeeded") }] };
              const refusal = await take(asked, reason);
              if (refusal === null) {
                setAsked(null);
                // While the dialog was open, nothing behind it could have the focus.
                focusCard(asked.card);
              }
              return refusal ?? { ok: true, message: "" };
            }}
            actions={
              <Button variant="secondary" onClick={() => setAsked(null)}>
                {t("cancel")}
              </Button>
            }
          >
            <ActionText
              name="reason"
              label={t("reason")}
              description={t("reasonHint")}
              maxLength={MAX_REASON_CHARACTERS}
              rows={4}
              required
            />
          </ActionForm>
        ) : null}
      </Dialog>
    </>
  );
}
