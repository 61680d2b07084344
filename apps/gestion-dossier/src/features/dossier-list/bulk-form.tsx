import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionForm } from "@mgs/shell/actions/action-form";
import { ActionPerson } from "@mgs/shell/actions/action-person";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { RowSelection } from "@mgs/shell/table/row-selection";
import type { ReactNode } from "react";
import type { DossierTexts } from "./list-context";

export type BulkAction = (
  values: FormValues,
  idempotencyKey: string,
  socketId: string | undefined,
) => Promise<ActionResult>;

type BulkFormProps = {
  texts: DossierTexts;
  action: BulkAction;
  /** The table, whose rows have boxes. */
  children: ReactNode;
};

/** The bar of the acts stays in sight while something is chosen; a phone's navigation stands below it. */
const BAR =
  "[&>div:last-child]:sticky [&>div:last-child]:bottom-14 lg:[&>div:last-child]:bottom-0 [&>div:last-child]:z-10 [&>div:last-child]:items-end [&>div:last-child]:rounded-b-xl [&>div:last-child]:border-t [&>div:last-child]:border-line [&>div:last-child]:bg-raised [&>div:last-child]:p-4 [&>div:last-child]:shadow-float sm:[&>div:last-child]:px-6 [&:not(:has([data-row-check]:checked))>div:last-child]:hidden";

/** Acts on the chosen dossiers, around their table. */
export function BulkForm({ texts, action, children }: BulkFormProps) {
  const { t } = texts;
  return (
    <ActionForm
      action={action}
      submit={t("list.bulk.run")}
      className={`[&>[role=alert]]:m-4 [&>[role=status]]:m-4 ${BAR}`}
      resets
      beside={
        <div className="group/bulk flex min-w-0 flex-1 flex-wrap items-end gap-3">
          <ActionSelect
            name="act"
            label={t("list.bulk.act")}
            className="min-w-0 flex-1 basis-48"
            options={[
              { value: "", label: t("list.bulk.none") },
              { value: "assign", label: t("list.bulk.assign") },
              { value: "unassign", label: t("list.bulk.unassign") },
              { value: "priority", label: t("list.bulk.priority") },
            ]}
          />
          <div className="hidden min-w-0 flex-1 basis-56 group-has-[option[value=assign]:checked]/bulk:block">
            <ActionPerson
              name="assignee_id"
              label={t("list.bulk.person")}
              placeholder={t("list.bulk.personHint")}
              listLabel={t("list.bulk.results")}
            />
          </div>
          <div className="hidden min-w-0 flex-1 basis-40 group-has-[option[value=priority]:checked]/bulk:block">
            <ActionSelect
              name="priority"
              label={t("list.bulk.value")}
              defaultValue="normale"
              options={PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) }))}
            />
          </div>
        </div>
      }
    >
      <div className="min-w-0">
        <RowSelection />
        {children}
      </div>
    </ActionForm>
  );
}
