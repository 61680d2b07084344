import { realtimePath } from "../links";
/** What the address of the page says. Anything that makes no sense is as good as absent. */
export type RealtimeSearch = {
  /** Beginning of the channels' names. */
  prefix?: string | undefined;
  /** The one channel that is looked into. */
  channel?: string | undefined;
  /** A person's id, or what to look for among names and addresses. */
  person?: string | undefined;
};

export function readRealtimeSearch(params: Record<string, string | string[] | undefined>): RealtimeSearch {
  const text = (name: keyof RealtimeSearch, good: (value: string) => boolean) => {
    const value = params[name];
    const trimmed = typeof value === "string" ? value.trim() : "";
    return trimmed !== "" && good(trimmed) ? trimmed : undefined;
  };
  const isName = (value: string) => /^[\w\-=@,.;]{1,200}$/.test(value);
  return {
    // A beginning that no channel can have finds none, and says so.
    prefix: text("prefix", (value) => value.length <= 200),
    channel: text("channel", isName),
    person: text("person", (value) => value.length <= 100 && !value.includes("\u0000") && value.isWellFormed()),
  };
}

/** The address of the page with some of its parameters changed. */
export function realtimeHref(search: RealtimeSearch, change: RealtimeSearch = {}): string {
  const entries = Object.entries({ ...search, ...change }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const query = new URLSearchParams(entries).toString();
  return query === "" ? realtimePath() : `${realtimePath()}?${query}`;
}
