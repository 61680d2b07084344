/** Moments at which people want something later: each a name of the texts `messages.later`, and its time. */
export type Moment = { name: "inHour" | "tonight" | "tomorrow" | "monday"; at: Date };

const HOUR_MS = 3_600_000;
const EVENING_HOUR = 18;
const MORNING_HOUR = 8;

/**
 * Lists the moments that a person can choose, by their own clock: an hour from now, this evening while it is to come, the next morning, and that of the next Monday
 * where that is another one.
 */
export function momentsFrom(now: Date): Moment[] {
  const at = (days: number, hour: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    date.setHours(hour, 0, 0, 0);
    return date;
  };
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const evening = at(0, EVENING_HOUR);
  return [
    { name: "inHour", at: new Date(now.getTime() + HOUR_MS) },
    ...(evening.getTime() - now.getTime() > HOUR_MS ? [{ name: "tonight" as const, at: evening }] : []),
    { name: "tomorrow", at: at(1, MORNING_HOUR) },
    ...(toMonday > 1 ? [{ name: "monday" as const, at: at(toMonday, MORNING_HOUR) }] : []),
  ];
}

/** A time as a control of the browser has it, by its own clock: `2026-12-04T09:00`. */
export function toLocalInput(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
