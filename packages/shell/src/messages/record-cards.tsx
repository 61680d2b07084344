"use client";
import { type RecordCard, recordCardAnswer } from "@mgs/records/contract/card";
import { recordCardApiPath } from "@mgs/records/contract/links";
import { FileText } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { callApi, checkShape } from "../api/call-api";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { linkedRecords } from "./linked-records";

/** A card is read anew after this time: titles and rights change. */
const KEPT_FOR_MS = 5 * 60_000;

/** Cards that this page has asked for: rows are drawn anew whenever they come into sight. */
const asked = new Map<string, { at: number; card: Promise<RecordCard | null> }>();

function readCard(userId: number, url: string): Promise<RecordCard | null> {
  const key = `${userId} ${url}`;
  const known = asked.get(key);
  if (known && Date.now() - known.at < KEPT_FOR_MS) return known.card;
  const card = callApi(recordCardApiPath(url)).then((data) => checkShape(recordCardAnswer, data));
  asked.set(key, { at: Date.now(), card });
  // The link stands in the text; it is asked again when the row is drawn again.
  card.catch(() => asked.delete(key));
  return card;
}

/** The records that a message links to, each as a card, for those of its readers who see them; nothing for others. */
export function RecordCards({ content }: { content: string }) {
  const { user, portals } = useShell();
  const links = useMemo(
    () => linkedRecords(content, new Set(portals.map(({ url }) => new URL(url).origin))),
    [content, portals],
  );
  const [cards, setCards] = useState<readonly RecordCard[]>([]);
  useEffect(() => {
    let ended = false;
    const reading = links.map((url) => readCard(user.id, url).catch(() => null));
    void Promise.all(reading).then((found) => ended || setCards(found.filter((card) => card !== null)));
    return () => {
      ended = true;
    };
  }, [links, user.id]);
  if (cards.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {cards.map((card) => (
        <Card key={card.href} card={card} />
      ))}
    </ul>
  );
}

function Card({ card: { type, title, href } }: { card: RecordCard }) {
  const t = useTranslations("messages.card");
  return (
    <li className="min-w-0 max-w-full">
      <a
        href={href}
        data-record-card={type}
        className="flex max-w-96 items-center gap-3 rounded-lg border border-line bg-surface p-2 text-sm hover:bg-subtle"
      >
        <span className="grid size-9 shrink-0 place-items-center rounded bg-accent-soft text-accent-ink">
          <FileText aria-hidden className="size-5" />
        </span>
        <span className="min-w-0">
          <bdi className="block truncate font-medium">{title}</bdi>
          <span className="block text-muted text-xs">
            {t(type === "dossier" || type === "seance" ? type : "record")}
          </span>
        </span>
      </a>
    </li>
  );
}
