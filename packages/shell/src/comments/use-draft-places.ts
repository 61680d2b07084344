"use client";
import { useEffect, useState } from "react";
import { browserDraftStorage, listFreeForms } from "../drafts/draft-store";
import { useShell } from "../shell-context";
import type { CommentedRecord } from "./api";
import { draftForm } from "./use-comment-draft";

/**
 * The places on a record at which its reader has typed something and not sent it: on the server when the page was drawn, or in this browser.
 * Answers and edits that a reload has interrupted are opened again there.
 */
export function useDraftPlaces(
  { segment, id }: CommentedRecord,
  fromServer: readonly string[],
): (place: string) => boolean {
  const { user } = useShell();
  const [local, setLocal] = useState<readonly string[]>([]);
  useEffect(() => {
    let ended = false;
    const prefix = draftForm({ segment, id }, "");
    void listFreeForms(user.id, browserDraftStorage()).then((forms) => {
      if (ended) return;
      setLocal(forms.filter((form) => form.startsWith(prefix)).map((form) => form.slice(prefix.length)));
    });
    return () => {
      ended = true;
    };
  }, [user.id, segment, id]);
  return (place) => fromServer.includes(place) || local.includes(place);
}
