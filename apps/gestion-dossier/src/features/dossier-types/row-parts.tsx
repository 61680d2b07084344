"use client";
import { useFieldError } from "@mgs/shell/actions/action-form";
import { useTranslations } from "@mgs/shell/intl";
import { Button } from "@mgs/ui/button";
import { type ReactNode, useRef, useState } from "react";

type Row<Value> = { row: number; value: Value };

/** Rows that are added, removed and put into another order by buttons, so by keyboard as well. */
export function useRows<Value>(initial: readonly Value[]) {
  const next = useRef(initial.length);
  const [rows, setRows] = useState<Row<Value>[]>(() => initial.map((value, row) => ({ row, value })));
  return {
    rows,
    add: (value: Value) => {
      next.current++;
      const row = next.current;
      setRows((before) => [...before, { row, value }]);
    },
    change: (row: number, value: Value) =>
      setRows((before) => before.map((one) => (one.row === row ? { row, value } : one))),
    remove: (row: number) => setRows((before) => before.filter((one) => one.row !== row)),
    move: (place: number, by: -1 | 1) =>
      setRows((before) => {
        const after = [...before];
        const [moved] = after.splice(place, 1);
        if (moved) after.splice(place + by, 0, moved);
        return after;
      }),
  };
}

/** The rows of one control of the form, with its refusal. */
export function RowGroup({
  legend,
  hint,
  name,
  children,
}: {
  legend: string;
  hint?: string;
  name: string;
  children: ReactNode;
}) {
  const error = useFieldError(name);
  return (
    <fieldset className="grid min-w-0 justify-items-start gap-3">
      <legend className="mb-2 font-medium">{legend}</legend>
      {hint ? <p className="text-muted text-xs">{hint}</p> : null}
      {children}
      {error ? (
        <p role="alert" className="text-danger-ink text-xs">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

type RowFrameProps = {
  title: string;
  name: string;
  /** Where refusals of this row point. */
  error: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: (() => void) | undefined;
  children: ReactNode;
};

/** One row, with the buttons that move and remove it. */
export function RowFrame({ title, name, error: path, isFirst, isLast, onMove, onRemove, children }: RowFrameProps) {
  const t = useTranslations("dossierWork");
  const error = useFieldError(path);
  return (
    <fieldset className="grid w-full min-w-0 gap-3 rounded-lg border border-line p-3 sm:grid-cols-2">
      <legend className="px-1 text-muted text-xs">{title}</legend>
      {children}
      {error ? <p className="text-danger-ink text-xs sm:col-span-2">{error}</p> : null}
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button
          variant="ghost"
          size="sm"
          disabled={isFirst}
          aria-label={t("types.upLabel", { name })}
          onClick={() => onMove(-1)}
        >
          {t("types.up")}
        </Button>
        <Button
          variant="ghost"
          size="sm"
          disabled={isLast}
          aria-label={t("types.downLabel", { name })}
          onClick={() => onMove(1)}
        >
          {t("types.down")}
        </Button>
        {onRemove ? (
          <Button variant="ghost" size="sm" aria-label={t("types.removeLabel", { name })} onClick={onRemove}>
            {t("types.remove")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** A box to tick, with its words. */
export function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="flex min-h-control-sm items-center gap-2.5 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
