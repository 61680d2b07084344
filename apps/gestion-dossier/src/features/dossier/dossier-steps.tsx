import { stepsFrom } from "@mgs/dossiers/contract/states";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { DossierContext } from "./dossier-context";
import { type StepAction, StepButton } from "./step-button";

/** The steps that lead out of a dossier's state and that the visitor may take. */
export function DossierSteps({ context, take }: { context: DossierContext; take: StepAction }) {
  const { actor, dossier, texts } = context;
  const { t, words } = texts;
  const steps = stepsFrom(dossier.state).filter(({ action }) => dossierPermissions.can(actor, action));
  return (
    <Card>
      <CardHeader title={t("steps.title")} description={words(`states.${dossier.state}`)} />
      <CardBody className="grid gap-4">
        {dossier.state_reason ? (
          <p className="whitespace-pre-wrap break-words border-line border-s-2 ps-3 text-muted text-sm">
            {dossier.state_reason}
          </p>
        ) : null}
        {steps.length === 0 ? <p className="text-muted text-sm">{t("steps.none")}</p> : null}
        {steps.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            {steps.map(({ name, to, needsReason }, index) => (
              <StepButton
                // The state is a part of the key: a dialog that is open while a colleague moves the dossier closes.
                key={`${dossier.state}-${name}`}
                {...{ name, needsReason, take, dossierId: dossier.id, from: dossier.state, to }}
                isFirst={index === 0}
              />
            ))}
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}
