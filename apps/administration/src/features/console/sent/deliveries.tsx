import type { SentItem } from "@mgs/notifications/admin/sent-dto";
import { Mail, RadioTower } from "lucide-react";
import type { ConsoleTexts } from "../texts";
import { DeliveryBadge } from "./delivery-badge";

const ICONS = { email: Mail, broadcast: RadioTower } as const;

/** Lists the deliveries of a notification, each with its state, attempts and last error. */
export function Deliveries({ texts, item }: { texts: ConsoleTexts; item: SentItem }) {
  const { t } = texts;
  if (item.deliveries.length === 0) return <span className="text-muted">{t("sent.forgotten")}</span>;
  return (
    <ul className="grid gap-1.5">
      {item.deliveries.map((delivery) => {
        const Icon = ICONS[delivery.channel];
        return (
          <li key={delivery.id}>
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 xl:flex-nowrap xl:whitespace-nowrap">
              <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="sr-only">{t(`channels.${delivery.channel}`)}</span>
              <DeliveryBadge texts={texts} state={delivery.state} />
              {delivery.attempts > 1 || delivery.state === "dead" ? (
                <span className="text-muted text-xs">{t("attempts", { count: delivery.attempts })}</span>
              ) : null}
            </span>
            {delivery.last_error && delivery.state !== "sent" ? (
              <span className="mt-0.5 line-clamp-2 text-danger-ink text-xs">{delivery.last_error}</span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
