"use client";
import type { CommentDraft } from "@mgs/comments/contract/drafts";
import { useEffect, useState } from "react";
import { browserDraftStorage, listFreeForms } from "../drafts/draft-store";
import { useShell } from "../shell-context";
import { draftForm } from "../writing/use-text-draft";
import type { CommentedRecord } from "./api";

/** Where a draft is. Of one that this browser alone has, no more is known. */
export type DraftPlace = Pick<CommentDraft, "place"> & { comment: CommentDraft["comment"]; updated_at: string | null };

/**
 * The places on a record at which its reader has typed something and not sent it: on the server when the page was drawn, or in this browser.
 * Answers and edits that a reload has interrupted are opened again there.
 * @param queued places whose text waits in the queue: without a network the server could not hear that it is no draft any more
 */
export function useDraftPlaces(
  { segment, id }: CommentedRecord,
  fromServer: readonly DraftPlace[],
  queued: readonly string[],
): readonly DraftPlace[] {
  const { user } = useShell();
  const [local, setLocal] = useState<readonly string[]>([]);
  useEffect(() => {
    let ended = false;
    const prefix = draftForm({ key: `${segment}-${id}` }, "");
    void listFreeForms(user.id, browserDraftStorage()).then((forms) => {
      if (ended) return;
      setLocal(forms.filter((form) => form.startsWith(prefix)).map((form) => form.slice(prefix.length)));
    });
    return () => {
      ended = true;
    };
  }, [user.id, segment, id]);
  const [sent, setSent] = useState<readonly string[]>([]);
  const news = queued.filter((place) => !sent.includes(place));
  // They stay known when they have left the queue; React draws anew at once.
  if (news.length > 0) setSent([...sent, ...new Set(news)]);
  const known = new Set(fromServer.map(({ place }) => place));
  const here = local.filter((place) => !known.has(place)).map((place) => ({ place, comment: null, updated_at: null }));
  return [...fromServer, ...here].filter(({ place }) => !sent.includes(place));
}
