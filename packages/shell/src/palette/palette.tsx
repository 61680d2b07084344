"use client";
import { Dialog } from "@mgs/ui/dialog";
import { Command } from "cmdk";
import { CircleUser, FileText, FolderOpen, MessagesSquare, Zap } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslations } from "../intl";
import { markLeaving } from "../page-session";
import { type PaletteGroup, searchPalette } from "./search-palette";

/** The search starts after this time without a keystroke. */
const TYPING_PAUSE_MS = 120;

const ICONS = {
  ...{ records: FolderOpen, conversations: MessagesSquare, people: CircleUser },
  ...{ acts: Zap, pages: FileText },
} as const;

function GroupIcon({ group }: Pick<PaletteGroup, "group">) {
  const Icon = ICONS[group];
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" />;
}

function leaveFor(href: string): void {
  markLeaving();
  window.location.assign(href);
}

/** Tells an item from all others of the list. */
const keyOf = (group: string, id: string): string => `${group} ${id}`;

/**
 * Finds records, people, acts and pages by what is typed, within what the person may see. The server finds; the list keeps the answer before
 * until the next one comes.
 */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.palette");
  const [query, setQuery] = useState("");
  const [selected, setSelected] = useState("");
  const [opensBest, setOpensBest] = useState(false);
  const [state, setState] = useState<{ groups: readonly PaletteGroup[]; status: "busy" | "done" | "failed" }>({
    groups: [],
    status: "busy",
  });

  useEffect(() => {
    const abort = new AbortController();
    setState(({ groups }) => ({ groups, status: "busy" }));
    const timer = setTimeout(
      () => {
        searchPalette(query.trim(), abort.signal)
          .then((groups) => {
            setState({ groups, status: "done" });
            // Enter opens the best one.
            setSelected(keyOf(groups[0]?.group ?? "", groups[0]?.items[0]?.id ?? ""));
          })
          .catch(() => abort.signal.aborted || setState({ groups: [], status: "failed" }));
      },
      query === "" ? 0 : TYPING_PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);

  // Enter came before the answer: what stands in the list was found by other words.
  useEffect(() => {
    if (!opensBest || state.status === "busy") return;
    setOpensBest(false);
    const href = state.groups[0]?.items[0]?.href;
    if (href === undefined) return;
    onClose();
    leaveFor(href);
  }, [opensBest, state, onClose]);

  function open(href: string) {
    onClose();
    leaveFor(href);
  }

  function search(text: string) {
    setOpensBest(false);
    setQuery(text);
  }

  function waitForAnswer(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || state.status !== "busy") return;
    event.preventDefault();
    setOpensBest(true);
  }

  const count = state.groups.reduce((sum, { items }) => sum + items.length, 0);
  const done = count === 0 ? t("nothing") : t("results", { count });
  const status = { busy: t("busy"), failed: t("failed"), done }[state.status];
  return (
    <Dialog open onClose={onClose} title={t("title")} closeLabel={t("close")}>
      <Command
        value={selected}
        onValueChange={setSelected}
        onKeyDown={waitForAnswer}
        shouldFilter={false}
        label={t("title")}
        loop
      >
        <Command.Input
          autoFocus
          value={query}
          onValueChange={search}
          placeholder={t("placeholder")}
          maxLength={100}
          className="h-control w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-base text-ink focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 sm:text-sm"
        />
        <p role="status" className="px-1 py-2 text-muted text-xs">
          {status}
        </p>
        <Command.List className="max-h-[50dvh] overflow-y-auto" label={t("title")}>
          {state.groups.map(({ group, items }) => (
            <Command.Group
              key={group}
              heading={t(`groups.${group}`)}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
            >
              {items.map(({ id, title, detail, href }) => (
                <Command.Item
                  key={id}
                  value={keyOf(group, id)}
                  onSelect={() => open(href)}
                  className="flex min-h-control cursor-pointer items-center gap-3 rounded-lg px-2 py-1.5 data-[selected=true]:bg-subtle"
                >
                  <GroupIcon group={group} />
                  <span className="min-w-0 flex-1">
                    <span className="block break-words">{title}</span>
                    {detail ? <span className="block break-words text-muted text-xs">{detail}</span> : null}
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
