import type { ChannelKind } from "@mgs/realtime-admin/channel";
import { Badge } from "@mgs/ui/badge";
import type { ConsoleTexts } from "../texts";

export function KindBadge({ texts, kind }: { texts: ConsoleTexts; kind: ChannelKind }) {
  return <Badge tone={kind === "presence" ? "accent" : "neutral"}>{texts.t(`realtime.channels.kinds.${kind}`)}</Badge>;
}
