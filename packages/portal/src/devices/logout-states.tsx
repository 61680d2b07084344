import type { DeviceLogout } from "@mgs/identity/devices/list-devices";
import { RetryIn } from "@mgs/shell/time/retry-in";
import { Badge } from "@mgs/ui/badge";
import { Check, Hourglass, RotateCw, TriangleAlert } from "lucide-react";
import type { DeviceTexts } from "./device-texts";

/** For each application of an ended sign-in: whether it has answered its logout token, and when it is told again. */
export function LogoutStates({ logouts, texts }: { logouts: readonly DeviceLogout[]; texts: DeviceTexts }) {
  if (logouts.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-wrap gap-1" aria-label={texts.t("logouts.label")}>
      {logouts.map((logout) => (
        <li key={logout.application} data-logout={logout.application} className="max-w-full">
          <LogoutState logout={logout} texts={texts} />
        </li>
      ))}
    </ul>
  );
}

function LogoutState({ logout, texts: { t } }: { logout: DeviceLogout; texts: DeviceTexts }) {
  const { application } = logout;
  switch (logout.state) {
    case "answered":
      return (
        <Badge wraps tone="success">
          <Check aria-hidden />
          {t("logouts.answered", { application, duration: logout.durationMs })}
        </Badge>
      );
    case "retrying":
      return (
        <Badge wraps tone="warning">
          <RotateCw aria-hidden />
          <RetryIn
            iso={logout.nextAt.toISOString()}
            // The browser writes the time that is left, and leaves the rest as it is.
            text={t("logouts.retrying", { application, time: "{time}" })}
            now={t("logouts.retryingNow", { application })}
          />
        </Badge>
      );
    case "pending":
      return (
        <Badge wraps>
          <Hourglass aria-hidden />
          {t("logouts.pending", { application })}
        </Badge>
      );
    case "given-up":
      return (
        <Badge wraps tone="danger">
          <TriangleAlert aria-hidden />
          {t("logouts.givenUp", { application })}
        </Badge>
      );
  }
}
