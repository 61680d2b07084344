import type { Passkey } from "@mgs/identity/passkeys/passkeys.repository";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { KeyRound } from "lucide-react";
import { offerPasskey, registerPasskey, remove, rename } from "../../app/profil/securite/security.action";
import { AddPasskey } from "./add-passkey";
import type { SecurityView } from "./read-security";

/** The passkeys of a person: how each is known, and the way to a new one. */
export function PasskeysCard({ factors, t, date, canHavePasskeys }: SecurityView) {
  return (
    <Card>
      <CardHeader icon={<KeyRound aria-hidden />} title={t("passkeys")} description={t("passkeysText")} />
      {factors.passkeys.length > 0 ? (
        <ul className="divide-y divide-line border-line border-b">
          {factors.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} t={t} date={date} />
          ))}
        </ul>
      ) : null}
      <CardBody>
        {canHavePasskeys ? (
          <AddPasskey offer={offerPasskey} register={registerPasskey} />
        ) : (
          <p className="text-muted">{t("passkeysImpossible")}</p>
        )}
      </CardBody>
    </Card>
  );
}

type PasskeyRowProps = { passkey: Passkey } & Pick<SecurityView, "t" | "date">;

function PasskeyRow({ passkey, t, date }: PasskeyRowProps) {
  const { id, name } = passkey;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 py-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 break-words font-medium">
          <bdi>{name}</bdi>
          {passkey.backedUp ? <Badge>{t("synced")}</Badge> : null}
        </p>
        <p className="mt-1 text-muted text-xs">
          {t("created", { date: date(passkey.createdAt) })} ·{" "}
          {passkey.lastUsedAt ? t("lastUsed", { date: date(passkey.lastUsedAt) }) : t("neverUsed")}
        </p>
        <details className="mt-2">
          <summary className="cursor-pointer text-accent-ink text-sm">{t("rename")}</summary>
          <ActionForm
            action={rename.bind(null, id)}
            submit={t("rename")}
            submitVariant="secondary"
            className="mt-3 max-w-sm"
          >
            <ActionField name="name" label={t("passkeyName")} defaultValue={name} maxLength={60} required />
          </ActionForm>
        </details>
      </div>
      <ActionButton
        variant="secondary"
        size="sm"
        action={remove.bind(null, id)}
        label={t("removePasskeyLabel", { name })}
        confirm={{
          title: t("removePasskeyTitle"),
          text: t("removePasskeyText", { name }),
          submit: t("remove"),
          cancel: t("cancel"),
          close: t("close"),
          danger: true,
        }}
      >
        {t("remove")}
      </ActionButton>
    </li>
  );
}
