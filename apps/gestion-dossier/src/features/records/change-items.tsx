import { RelativeTime } from "@mgs/shell/time/relative";

/** A change of a record in words. */
export type ChangeItem = {
  seq: number;
  at: string;
  /** Who did what. */
  text: string;
  /** Each changed field with its value before and after. */
  fields: readonly { field: string; text: string }[];
  reason?: string | undefined;
};

/** The history of a record, its newest change first. */
export function ChangeItems({ items }: { items: readonly ChangeItem[] }) {
  return (
    <ol className="divide-y divide-line">
      {items.map(({ seq, at, text, fields, reason }) => (
        <li key={seq} className="grid gap-1 px-4 py-3 text-sm sm:px-6">
          <p className="break-words">{text}</p>
          {fields.map(({ field, text: change }) => (
            <p key={field} className="break-words text-muted text-xs">
              {change}
            </p>
          ))}
          {reason === undefined ? null : (
            <p className="whitespace-pre-wrap break-words border-line border-s-2 ps-3 text-muted">{reason}</p>
          )}
          <p className="text-muted text-xs">
            <RelativeTime iso={at} />
          </p>
        </li>
      ))}
    </ol>
  );
}

const MAX_CHARACTERS = 200;

/** A value of the history, cut at a length that a line of it can have. */
export const shortenValue = (text: string): string =>
  Array.from(text).length > MAX_CHARACTERS ? `${Array.from(text).slice(0, MAX_CHARACTERS).join("")}…` : text;
