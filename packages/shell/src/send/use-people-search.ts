"use client";
import { useEffect, useState } from "react";
import { useTranslations } from "../intl";
import { type Person, searchUsers } from "./search-users";

type Search = { state: "idle" | "running" | "failed"; people: readonly Person[] };

/** The search starts after this time without a keystroke. */
const TYPING_PAUSE_MS = 180;

/** Searches people by the typed text. @returns them, with texts about the state of the search */
export function usePeopleSearch(query: string) {
  const t = useTranslations("sendForm");
  const [search, setSearch] = useState<Search>({ state: "idle", people: [] });

  useEffect(() => {
    if (query === "") return setSearch({ state: "idle", people: [] });
    const abort = new AbortController();
    setSearch(({ people }) => ({ state: "running", people }));
    const timer = setTimeout(() => {
      searchUsers(query, abort.signal)
        .then((people) => setSearch({ state: "idle", people }))
        .catch(() => abort.signal.aborted || setSearch({ state: "failed", people: [] }));
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);

  const emptyText = {
    idle: query === "" ? t("keepTyping") : t("nobody"),
    running: t("searching"),
    failed: t("searchFailed"),
  }[search.state];
  return {
    people: search.people,
    loading: search.state === "running",
    emptyText,
    statusText: search.people.length > 0 ? t("results", { count: search.people.length }) : emptyText,
  };
}
