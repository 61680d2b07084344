import { formatMessage, type Values } from "./message";

/** Addresses of the texts in a catalogue, such as `nav.label`. */
export type TextKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${TextKey<T[K]>}`;
}[keyof T & string];

/** Addresses of its groups of texts, such as `shell.nav`. */
export type Namespace<T> = {
  [K in keyof T & string]: T[K] extends string ? never : K | `${K}.${Namespace<T[K]>}`;
}[keyof T & string];

/** The type of the text or group at an address. */
export type At<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? At<T[Head], Rest>
    : never
  : Path extends keyof T
    ? T[Path]
    : never;

/** Returns a text of one group, with its values filled in. */
export type Translator<T> = (key: TextKey<T>, values?: Values) => string;

/** Creates a reader of one group of texts in one language. A missing key is returned as it is; the compiler refuses such keys. */
export function createTranslator<T extends object, N extends Namespace<T>>(
  locale: string,
  messages: T,
  namespace: N,
): Translator<At<T, N>> {
  const group = lookUp(messages, namespace);
  return (key, values) => {
    const message = lookUp(group, key);
    return typeof message === "string" ? formatMessage(message, locale, values) : `${namespace}.${key}`;
  };
}

function lookUp(from: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (group, name) =>
        typeof group === "object" && group !== null && Object.hasOwn(group, name)
          ? Reflect.get(group, name)
          : undefined,
      from,
    );
}
