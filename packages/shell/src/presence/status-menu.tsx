"use client";
import { type ChosenStatus, type OwnPresence, ownPresence } from "@mgs/messaging/contract/own-presence";
import { ownPresenceApiPath } from "@mgs/messaging/links";
import { cn } from "@mgs/ui/cn";
import { MenuRadioGroup, MenuRadioItem, menuLink } from "@mgs/ui/dropdown-menu";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { callApi, checkShape, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { useWhen } from "../messages/use-when";
import { showMessage } from "../toasts/show-message";
import { noteOwnPresence } from "./own-status";

const HOUR_MS = 3_600_000;

/** The part of the user menu in which somebody chooses how they are seen; it is loaded when they ask for it first. */
export function StatusMenu() {
  const t = useTranslations("shell.presence");
  const shell = useTranslations("shell");
  const when = useWhen();
  const [own, setOwn] = useState<OwnPresence | null>(null);
  useEffect(() => {
    callApi(ownPresenceApiPath()).then(
      (data) => setOwn(checkShape(ownPresence, data)),
      // Without it the menu has no such part.
      () => undefined,
    );
  }, []);

  async function choose(body: { status?: ChosenStatus; until?: string; shows_reads?: boolean }) {
    try {
      const chosen = checkShape(ownPresence, await callApi(ownPresenceApiPath(), { method: "PUT", body }));
      setOwn(chosen);
      noteOwnPresence(chosen);
    } catch (error) {
      showMessage(error instanceof Refusal ? error.message : shell("noAnswer"), "danger");
    }
  }
  const quietFor = (until: Date) => void choose({ status: "dnd", until: until.toISOString() });
  if (own === null) return null;
  return (
    <>
      <MenuRadioGroup label={t("label")}>
        <MenuRadioItem checked={own.status === "online"} onClick={() => void choose({ status: "online" })}>
          <Spot className="bg-success-ink" />
          {t("online")}
        </MenuRadioItem>
        <MenuRadioItem checked={own.status === "away"} onClick={() => void choose({ status: "away" })}>
          <Spot className="bg-warning-ink" />
          {t("away")}
        </MenuRadioItem>
        {own.status === "dnd" && own.until !== null ? (
          // It stands as it is: the next group begins another time.
          <MenuRadioItem checked onClick={() => undefined}>
            <Spot className="bg-danger" />
            {t("quietUntil", { time: when(new Date(own.until)) })}
          </MenuRadioItem>
        ) : null}
        <MenuRadioItem checked={own.status === "invisible"} onClick={() => void choose({ status: "invisible" })}>
          <Spot className="border border-line-strong" />
          {t("invisible")}
        </MenuRadioItem>
      </MenuRadioGroup>
      <MenuRadioGroup label={t("dndFor")}>
        <MenuRadioItem checked={false} onClick={() => quietFor(new Date(Date.now() + HOUR_MS / 2))}>
          {t("halfHour")}
        </MenuRadioItem>
        <MenuRadioItem checked={false} onClick={() => quietFor(new Date(Date.now() + HOUR_MS))}>
          {t("hour")}
        </MenuRadioItem>
        <MenuRadioItem checked={false} onClick={() => quietFor(tomorrowMorning())}>
          {t("untilTomorrow")}
        </MenuRadioItem>
      </MenuRadioGroup>
      <button
        {...menuLink}
        type="button"
        role="menuitemcheckbox"
        aria-checked={own.shows_reads}
        onClick={() => void choose({ shows_reads: !own.shows_reads })}
      >
        <span className="flex-1">{t("reads")}</span>
        {own.shows_reads ? <Check aria-hidden className="!text-accent-ink" /> : null}
      </button>
    </>
  );
}

const Spot = ({ className }: { className: string }) => (
  <span aria-hidden className={cn("me-2 inline-block size-2.5 rounded-full", className)} />
);

function tomorrowMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date;
}
