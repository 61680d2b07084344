"use client";
import { array, nullable, number, object, string } from "@mgs/core/shape";
import { messageSearchApiPath } from "@mgs/messaging/contract/links";
import { type MessageDto, message } from "@mgs/messaging/contract/message";
import { messagePath } from "@mgs/messaging/links";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { EmptyState } from "@mgs/ui/empty-state";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Skeleton } from "@mgs/ui/skeleton";
import { Tooltip } from "@mgs/ui/tooltip";
import { SearchX, TextSearch } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useRef, useState } from "react";
import { callApi, checkShape, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";
import { highlight } from "./highlight";

const answer = object({
  hits: array(object({ message, conversation: object({ id: number, title: string }) })),
  next: nullable(string),
});
type Hit = { message: MessageDto; conversation: { id: number; title: string } };
const FILTERS = ["from", "in", "before"] as const;
type Found = { hits: readonly Hit[]; next: string | null };

/** Finds messages by their words, and leads to each in its place. */
export function MessageSearch() {
  const t = useTranslations("messages");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip text={t("searchMessages")}>
        <Button variant="ghost" size="icon" aria-label={t("searchMessages")} onClick={() => setOpen(true)}>
          <TextSearch aria-hidden />
        </Button>
      </Tooltip>
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
  const field = useRef<HTMLInputElement>(null);

  function addFilter(key: string) {
    setTyped((before) => `${before.trimEnd()} ${key}`.trimStart());
    field.current?.focus();
  }

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
    <Dialog open onClose={onClose} title={t("searchMessages")} closeLabel={t("close")}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (typed.trim() !== "") void search(typed.trim(), null);
        }}
      >
        <Field label={t("searchWords")} error={problem}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              type="search"
              autoFocus
              maxLength={200}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <div className="grid gap-1.5">
          <p className="text-muted text-xs">{t("searchFilters")}</p>
          <ul className="grid gap-1">
            {FILTERS.map((name) => (
              <li key={name} className="flex flex-wrap items-baseline gap-x-2 text-xs">
                <button
                  type="button"
                  onClick={() => addFilter(t(`filter.${name}.key`))}
                  className="rounded-md bg-subtle px-1.5 py-0.5 font-mono text-ink hover:text-accent-ink"
                >
                  {t(`filter.${name}.example`)}
                </button>
                <span className="text-muted">{t(`filter.${name}.text`)}</span>
              </li>
            ))}
          </ul>
        </div>
        <Button type="submit" pending={pending} className="justify-self-end">
          {t("search")}
        </Button>
      </form>
      <div aria-live="polite" className="mt-4 grid gap-2">
        {pending && found === null ? <Skeleton className="h-16 w-full" /> : null}
        {found?.hits.length === 0 ? (
          <EmptyState icon={<SearchX aria-hidden />} title={t("searchEmpty")} text={t("searchEmptyHint")} />
        ) : null}
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
                  <span className="wrap-anywhere line-clamp-2">
                    {highlight(hit.content, asked).map(({ text, isHit }, index) =>
                      isHit ? (
                        <mark key={index} className="rounded-sm bg-warning-soft text-ink">
                          {text}
                        </mark>
                      ) : (
                        text
                      ),
                    )}
                  </span>
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
