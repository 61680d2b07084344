import { realtimePath } from "@mgs/console/links";
/** The parameters in the page's address; invalid ones are left out. */
export type RealtimeSearch = {
  /** The prefix of the channels' names. */
  prefix?: string | undefined;
  /** The channel whose details the page shows. */
  channel?: string | undefined;
  /** A person's id, or a part of a name or e-mail address. */
  person?: string | undefined;
};

export function readRealtimeSearch(params: Record<string, string | string[] | undefined>): RealtimeSearch {
  const text = (name: keyof RealtimeSearch, isValid: (value: string) => boolean) => {
    const value = params[name];
    const trimmed = typeof value === "string" ? value.trim() : "";
    return trimmed !== "" && isValid(trimmed) ? trimmed : undefined;
  };
  const isName = (value: string) => /^[\w\-=@,.;]{1,200}$/.test(value);
  return {
    // A prefix that no channel can have stays, so that the page shows that it finds none.
    prefix: text("prefix", (value) => value.length <= 200),
    channel: text("channel", isName),
    person: text("person", (value) => value.length <= 100 && !value.includes("\u0000") && value.isWellFormed()),
  };
}

/** Makes the page's address with some of its parameters changed. */
export function realtimeHref(search: RealtimeSearch, change: RealtimeSearch = {}): string {
  const entries = Object.entries({ ...search, ...change }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const query = new URLSearchParams(entries).toString();
  return query === "" ? realtimePath() : `${realtimePath()}?${query}`;
}
