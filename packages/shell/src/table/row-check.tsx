import { DataCell } from "./data-table";

type RowCheckProps = {
  /** The record's id, which the form of the rows posts under `ids[]`. */
  value: string | number;
  /** Names the box: `Choisir D-2026-0042`. */
  label: string;
};

/** The class of the cell beside it: on a phone the box stands in the corner of the card, and the first line makes room for it. */
export const BESIDE_ROW_CHECK = "max-lg:pe-10";

/**
 * The first cell of a row that can be chosen: its box. `ListKeys` around the table knows it by `data-row-check`, and `RowSelection` counts
 * those that are checked. The row is `relative`.
 */
export function RowCheck({ value, label }: RowCheckProps) {
  return (
    <DataCell holds="figures" className="max-lg:absolute max-lg:end-1 max-lg:top-1 sm:max-lg:end-3">
      <label className="flex size-control items-center justify-center lg:-m-2 lg:size-8">
        <input
          type="checkbox"
          name="ids[]"
          value={value}
          data-row-check=""
          aria-label={label}
          className="size-4 accent-accent"
        />
      </label>
    </DataCell>
  );
}
