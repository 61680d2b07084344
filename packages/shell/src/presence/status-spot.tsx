"use client";
import { menuLink } from "@mgs/ui/dropdown-menu";
import { useState } from "react";
import { useLoaded } from "../browser/use-loaded";
import { useTranslations } from "../intl";

const load = () => import("./status-menu").then(({ StatusMenu }) => StatusMenu);

/** The place in the user menu where somebody chooses how they are seen. Few menus are opened for it: the choices are loaded when it is pressed. */
export function StatusSpot() {
  const t = useTranslations("shell.presence");
  const [isOpen, setOpen] = useState(false);
  const Menu = useLoaded(isOpen, load);
  return (
    <>
      <button
        {...menuLink}
        type="button"
        aria-expanded={isOpen}
        onClick={(event) => {
          // The menu stays open: the choices stand in it.
          event.preventDefault();
          setOpen(!isOpen);
        }}
      >
        <span aria-hidden className="mx-0.75 size-2.5 rounded-full border-2 border-muted" />
        {t("mine")}
      </button>
      {isOpen && Menu ? <Menu /> : null}
    </>
  );
}
