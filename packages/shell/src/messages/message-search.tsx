"use client";
import { array, nullable, number, object, string } from "@mgs/core/shape";
import { messageSearchApiPath } from "@mgs/messaging/contract/links";
import { type MessageDto, message } from "@mgs/messaging/contract/message";
import { messagePath } from "@mgs/messaging/links";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Skeleton } from "@mgs/ui/skeleton";
import { Search } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { callApi, checkShape, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";

const answer = object({
  hits: array(object({ message, conversation: object({ id: number, title: string }) })),
  next: nullable(string),
});
type Hit = { message: MessageDto; conversation: { id: number; title: string } };
type Found = { hits: readonly Hit[]; next: string | null };

/** Finds messages by their words, and leads to each in its place. */
export function MessageSearch() {
  const t = useTranslations("messages");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={t("searchMessages")} onClick={() => setOpen(true)}>
        <Search aria-hidden />
      </Button>
      {open ? <SearchDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function SearchDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("messages");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  async function search(q: string, after: string | null) {
    setPending(true);
    setProblem(undefined);
    try {
      const query = new URLSearchParams({ q, ...(after === null ? {} : { after }) });
      const page = checkShape(answer, await callApi(messageSearchApiPath(String(query))));
      setAsked(q);
      setFound((before) =>
        after === null ? page : { hits: [...(before?.hits ?? []), ...page.hits], next: page.next },
      );
    } catch (error) {
      setProblem(error instanceof Refusal ? error.message : t("loadFailed"));
    }
    setPending(false);
  }
  return (
    <Dialog open onClose={onClose} title={t("searchMessages")} closeLabel={t("cancel")}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (typed.trim() !== "") void search(typed.trim(), null);
        }}
      >
        <Field label={t("search")} description={t("searchHint")} error={problem}>
          {(control) => (
            <Input
              {...control}
              type="search"
              autoFocus
              maxLength={200}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <Button type="submit" pending={pending} className="justify-self-end">
          {t("search")}
        </Button>
      </form>
      <div aria-live="polite" className="mt-4 grid gap-2">
        {pending && found === null ? <Skeleton className="h-16 w-full" /> : null}
        {found?.hits.length === 0 ? <p className="text-muted text-sm">{t("searchEmpty")}</p> : null}
        {found && found.hits.length > 0 ? (
          <ul className="grid gap-1">
            {found.hits.map(({ message: hit, conversation }) => (
              <li key={hit.id}>
                <Link
                  href={messagePath(conversation.id, hit.id)}
                  onClick={onClose}
                  className="grid gap-0.5 rounded-lg p-2 text-sm hover:bg-subtle"
                >
                  <span className="flex items-baseline gap-2 text-xs">
                    <bdi className="font-semibold">{hit.auteur.name}</bdi>
                    <span className="min-w-0 flex-1 truncate text-muted">{conversation.title}</span>
                    <RelativeTime iso={hit.created_at} className="shrink-0 text-muted" />
                  </span>
                  <span className="line-clamp-2 wrap-anywhere">{hit.content}</span>
                </Link>
              </li>
            ))}
          </ul>
        ) : null}
        {found?.next ? (
          <Button variant="secondary" size="sm" pending={pending} onClick={() => void search(asked, found.next)}>
            {t("searchMore")}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
