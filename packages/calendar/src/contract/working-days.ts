/** Days of the week on which nobody works: Saturday and Sunday, as ISO 8601 numbers them. */
const WEEKEND = new Set([6, 7]);

export const isWorkingDay = (day: Temporal.PlainDate, holidays: ReadonlySet<string>): boolean =>
  !WEEKEND.has(day.dayOfWeek) && !holidays.has(day.toString());

/**
 * The working day that comes `days` working days after a day. The day itself does not count; 0 is the day itself, or the next on which
 * people work.
 * @param start `2026-11-30`
 * @param holidays such days
 */
export function addWorkingDays(start: string, days: number, holidays: ReadonlySet<string>): string {
  let day = Temporal.PlainDate.from(start);
  for (let counted = 0; counted < days || !isWorkingDay(day, holidays); ) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day, holidays)) counted++;
  }
  return day.toString();
}
