import type { SentDelivery } from "@mgs/notifications/admin/sent-dto";
import { Badge } from "@mgs/ui/badge";
import { CircleCheck, CircleX, Clock, RotateCw } from "lucide-react";
import type { ConsoleTexts } from "../texts";

const STATE_STYLES = {
  sent: { tone: "success", icon: CircleCheck },
  pending: { tone: "neutral", icon: Clock },
  retrying: { tone: "warning", icon: RotateCw },
  dead: { tone: "danger", icon: CircleX },
} as const;

export function DeliveryBadge({ texts, state }: { texts: ConsoleTexts; state: SentDelivery["state"] }) {
  const { tone, icon: Icon } = STATE_STYLES[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {texts.t(`deliveryStates.${state}`)}
    </Badge>
  );
}
