"use client";
import { ownPresenceApiPath } from "@mgs/messaging/contract/links";
import { type ChosenStatus, type OwnPresence, ownPresence } from "@mgs/messaging/contract/presence";
import { MenuRadioGroup, MenuRadioItem, menuLink } from "@mgs/ui/dropdown-menu";
import { useEffect, useState } from "react";
import { callApi, checkShape, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { quietUntil } from "../messages/unread-messages";
import { showMessage } from "../toasts/show-message";

const HOUR_MS = 3_600_000;
const SIMPLE = ["online", "away", "invisible"] as const;

/** The part of the user menu in which somebody chooses how they are seen; it is loaded when the menu is opened first. */
export function StatusMenu() {
  const t = useTranslations("shell.presence");
  const shell = useTranslations("shell");
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
      quietUntil.set(chosen.status === "dnd" && chosen.until !== null ? Date.parse(chosen.until) : 0);
    } catch (error) {
      showMessage(error instanceof Refusal ? error.message : shell("noAnswer"), "danger");
    }
  }
  const quietFor = (until: Date) => void choose({ status: "dnd", until: until.toISOString() });
  if (own === null) return null;
  return (
    <>
      <MenuRadioGroup label={t("label")}>
        {SIMPLE.map((status) => (
          <MenuRadioItem key={status} checked={own.status === status} onClick={() => void choose({ status })}>
            {t(status)}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuRadioGroup label={t("dndFor")}>
        <MenuRadioItem checked={false} onClick={() => quietFor(new Date(Date.now() + HOUR_MS / 2))}>
          {t("halfHour")}
        </MenuRadioItem>
        <MenuRadioItem checked={false} onClick={() => quietFor(new Date(Date.now() + HOUR_MS))}>
          {t("hour")}
        </MenuRadioItem>
        <MenuRadioItem checked={own.status === "dnd"} onClick={() => quietFor(tomorrowMorning())}>
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
        {t("reads")}
      </button>
    </>
  );
}

function tomorrowMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date;
}
