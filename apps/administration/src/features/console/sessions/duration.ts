/** Units in which the page writes a lifetime, with their seconds, the largest first. */
export const UNIT_SECONDS = { days: 86_400, hours: 3_600, minutes: 60 } as const;
export type Unit = keyof typeof UNIT_SECONDS;
export const UNITS = ["minutes", "hours", "days"] as const satisfies readonly Unit[];

/** Writes seconds in the largest unit that divides them; one day stays 24 hours, which says more of a working day. */
export function toDuration(seconds: number): { amount: number; unit: Unit } {
  for (const unit of ["days", "hours"] as const) {
    const amount = seconds / UNIT_SECONDS[unit];
    if (Number.isInteger(amount) && (amount > 1 || unit === "hours")) return { amount, unit };
  }
  return { amount: seconds / UNIT_SECONDS.minutes, unit: "minutes" };
}

/** Reads what was typed. NaN where it is no duration, which the use case refuses at its field. */
export function toSeconds(amount: string, unit: string): number {
  const seconds = Object.entries(UNIT_SECONDS).find(([name]) => name === unit)?.[1];
  return amount.trim() === "" || seconds === undefined ? Number.NaN : Math.round(Number(amount) * seconds);
}
