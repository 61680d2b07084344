import type { Locale } from "@mgs/core/locale";
import { type Messages, messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";

/**
 * Creates the console's texts and formats in one language; they stay on the server.
 * @param timeZone the reader's, for all dates
 * @param clients names of the OAuth clients by their ids, without those that were revoked
 */
export function consoleTexts(locale: Locale, timeZone: string, clients: ReadonlyMap<string, string> = new Map()) {
  const { shell, dashboard, notifications, console: own } = messagesFor(locale);
  const messages = { shell, dashboard, console: own };
  const t = createTranslator(locale, messages, "console");
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone });
  const number = new Intl.NumberFormat(locale);
  const portals: Record<string, string> = shell.portals;
  return {
    locale,
    timeZone,
    t,
    messages,
    /** What stands between a term and its explanation. */
    colon: locale === "fr" ? "\u00a0: " : ": ",
    /** Writes an ISO 8601 time in full. */
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    number: (value: number) => number.format(value),
    /** Names a portal or a program; a removed program has a general name. */
    source: (id: string) => portals[id] ?? clients.get(id) ?? notifications.removedProgram,
    /** Names them for a list of choices, where several removed programs have to be told apart. */
    sourceChoice: (id: string) => portals[id] ?? clients.get(id) ?? `${notifications.removedProgram} (${id})`,
    /** Names an actor by the key that `actorKey` makes. */
    actor: (key: string) => key.replace(/^(?:user|system|client):/, "n° ").replace(/^n° (?!\d)/, ""),
    duration: (seconds: number) => formatDuration(locale, seconds),
    bytes: (value: number) =>
      new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 0 }).format(value / 1e6),
  };
}
export type ConsoleTexts = ReturnType<typeof consoleTexts>;
export type ConsoleMessages = Messages["console"];

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Writes the two largest units of a duration, such as "3 h 12 min". */
function formatDuration(locale: Locale, seconds: number): string {
  const wholeSeconds = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, length]) => wholeSeconds >= length);
  if (first === -1) return formatUnit(locale, 0, "second");
  const parts: string[] = [];
  let rest = wholeSeconds;
  for (const [name, length] of UNITS.slice(first, first + 2)) {
    const value = Math.floor(rest / length);
    rest -= value * length;
    if (value > 0) parts.push(formatUnit(locale, value, name));
  }
  return parts.join(" ");
}

function formatUnit(locale: Locale, value: number, name: (typeof UNITS)[number][0]): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
}
