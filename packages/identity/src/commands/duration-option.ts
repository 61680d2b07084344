import { InvalidArgumentError } from "commander";

const UNIT_SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** An option's duration, such as `15m`, `12h` or `14d`; seconds. @throws InvalidArgumentError */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (!amount) throw new InvalidArgumentError("It has to be a duration such as 15m, 12h or 14d.");
  return Number(amount) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
}

/** Writes seconds as `parseDuration` reads them. */
export function writeDuration(seconds: number): string {
  const found = Object.entries(UNIT_SECONDS).find(([, length]) => seconds > 0 && seconds % length === 0);
  const [unit, length] = found ?? ["s", 1];
  return `${seconds / length}${unit}`;
}
