"use client";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useSyncExternalStore } from "react";
import { useTranslations } from "../intl";
import type { PortalLink } from "../shell-context";
import { destinationOf } from "./href";

type NotificationLinkProps = {
  item: { href: string | null };
  portals: readonly PortalLink[];
  /** Runs before the link is followed, by a click or a middle click. */
  onOpen: () => void;
  className?: string;
  children: ReactNode;
};

const subscribeNever = () => () => {};

/** A notification's link. It opens a page of this portal without a reload, another portal in this tab, other sites in a new tab. */
export function NotificationLink({ item, portals, onOpen, className, children }: NotificationLinkProps) {
  const t = useTranslations("notifications");
  const router = useRouter();
  const origin = useSyncExternalStore(
    subscribeNever,
    () => window.location.origin,
    () => null,
  );
  const destination = destinationOf(item.href, origin, portals);
  if (!destination)
    return (
      <button type="button" className={className} onClick={onOpen}>
        {children}
      </button>
    );

  function follow(event: MouseEvent) {
    onOpen();
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (destination?.kind === "here" && plain) {
      event.preventDefault();
      router.push(destination.path);
    }
  }
  const external = destination.kind === "external";
  return (
    <a
      href={destination.href}
      className={className}
      onClick={follow}
      onAuxClick={onOpen}
      {...(external ? { target: "_blank", rel: "noopener noreferrer" } : {})}
    >
      {children}
      {external ? <span className="sr-only"> {t("newTab")}</span> : null}
    </a>
  );
}
