import { directionOf } from "./direction";
import { isolate } from "./isolate";

/**
 * The part of ICU messages that the catalogues use: `{name}`, `{count, number}`, and `{count, plural, =0 {…} one {…} other {…}}` with `#` for
 * the number. There is no quoting: an apostrophe stands for itself.
 */
export type Values = Readonly<Record<string, string | number>>;

type Argument = { name: string; forms: ReadonlyMap<string, readonly Part[]> | null };
/** A piece of text, an argument, or a number: `{count, number}`, or `#` inside a plural. */
type Part = string | Argument | { number: string };

const parsed = new Map<string, readonly Part[]>();

/** Fills the values into a message, and isolates texts among them ({@link isolate}); French "de" and "que" are elided before
 * them. A missing value stays as its name in braces. */
export function formatMessage(message: string, locale: string, values: Values = {}): string {
  if (!message.includes("{")) return message;
  let parts = parsed.get(message);
  if (!parts) {
    parts = parseMessage(message);
    parsed.set(message, parts);
  }
  return write(parts, locale, values);
}

function write(parts: readonly Part[], locale: string, values: Values): string {
  return parts
    .map((part, index) => {
      if (typeof part === "string")
        return isElided(parts[index + 1], locale, values) ? part.replace(ELIDED, "$1$2’") : part;
      if ("number" in part) return numberFormat(locale).format(Number(values[part.number]));
      const value = values[part.name];
      if (value === undefined) return `{${part.name}}`;
      if (part.forms) return write(formFor(part.forms, Number(value), locale), locale, values);
      return typeof value === "string" ? isolate(value, directionOf(locale)) : String(value);
    })
    .join("");
}

/** The French words that lose their vowel before another one, at the end of a text: "le compte d’Onja". */
const ELIDED = /(^|[^\p{L}])(d|qu)e $/iu;
const VOWEL = /^[aeiouœæ]/iu;

function isElided(next: Part | undefined, locale: string, values: Values): boolean {
  if (locale !== "fr" || typeof next !== "object" || !("forms" in next)) return false;
  const value = values[next.name];
  return typeof value === "string" && VOWEL.test(value.normalize("NFD"));
}

function formFor(forms: NonNullable<Argument["forms"]>, count: number, locale: string): readonly Part[] {
  return forms.get(`=${count}`) ?? forms.get(pluralRules(locale).select(count)) ?? forms.get("other") ?? [];
}

const ARGUMENT = /\{(\w+)(\}|, number\}|, plural,)/y;
const FORM = /\s*(=\d+|zero|one|two|few|many|other) \{/y;

/** @throws Error for a message that is not of the form described above */
export function parseMessage(message: string): readonly Part[] {
  let at = 0;
  /** Consumes the text that the pattern matches at this position. */
  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(message);
    if (match) at = pattern.lastIndex;
    return match;
  }
  function parts(plural: string | null): Part[] {
    const found: Part[] = [];
    for (;;) {
      const literal = take(plural === null ? /[^{}]+/y : /[^{}#]+/y);
      if (literal) found.push(literal[0]);
      else if (plural !== null && take(/#/y)) found.push({ number: plural });
      else if (message[at] === "{") found.push(argument());
      else return found;
    }
  }
  function argument(): Part {
    const [, name = "", kind] = take(ARGUMENT) ?? refuse();
    if (kind === "}") return { name, forms: null };
    if (kind === ", number}") return { number: name };
    const forms = new Map<string, Part[]>();
    for (let form = take(FORM); form; form = take(FORM)) {
      forms.set(form[1] ?? "", parts(name));
      take(/\}/y) ?? refuse();
    }
    if (!forms.has("other") || !take(/\s*\}/y)) refuse();
    return { name, forms };
  }
  function refuse(): never {
    throw new Error(`not a message, at character ${at}: ${message}`);
  }
  const all = parts(null);
  if (at < message.length) refuse();
  return all;
}

/** Finds the names of the values in a message. */
export function argumentsOf(parts: readonly Part[]): Set<string> {
  const names = new Set<string>();
  for (const part of parts) {
    if (typeof part === "string") continue;
    names.add("number" in part ? part.number : part.name);
    if ("forms" in part)
      for (const form of part.forms?.values() ?? []) for (const name of argumentsOf(form)) names.add(name);
  }
  return names;
}

const numberFormat = perLocale((locale) => new Intl.NumberFormat(locale));
const pluralRules = perLocale((locale) => new Intl.PluralRules(locale));

function perLocale<T>(create: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return (locale) => {
    const one = made.get(locale) ?? create(locale);
    made.set(locale, one);
    return one;
  };
}
