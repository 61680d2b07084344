import { columnQuery } from "@mgs/dossiers/board/board-query";
import { type BoardColumn, COLUMN_CARDS, MAX_COLUMN_COUNT, readBoard } from "@mgs/dossiers/board/read-board";
import { DOSSIER_STATES, type DossierState } from "@mgs/dossiers/contract/states";
import { dossierBoardPath } from "@mgs/dossiers/links";
import { can } from "@mgs/dossiers/permissions";
import { listFilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { liveListChannels } from "@mgs/records/lists/live-list";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { ListKeys } from "@mgs/shell/table/list-keys";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { FunnelX } from "lucide-react";
import type { ListContext } from "../dossier-list/list-context";
import { ViewFilters } from "../dossier-list/view-filters";
import { ViewSwitch } from "../dossier-list/view-switch";
import { Board } from "./board";
import type { MoveAction } from "./use-board";

type BoardPageProps = { context: ListContext; search: ListSearch; move: MoveAction };

const byState = <Value,>(read: (state: DossierState) => Value): Record<DossierState, Value> =>
  Object.fromEntries(DOSSIER_STATES.map((state) => [state, read(state)])) as Record<DossierState, Value>;

/** `/dossiers/tableau`: the dossiers that the visitor sees, a column for each state. */
export async function BoardPage({ context, search, move }: BoardPageProps) {
  const { actor, runtime, texts } = context;
  const { t, lists } = texts;
  const { values, invalid } = search;
  const isInvalid = Object.keys(invalid).length > 0;
  const [columns, choices] = await Promise.all([
    isInvalid ? [] : readBoard(runtime, actor, values),
    listFilterChoices(runtime, actor, values, { asks: false }),
  ]);
  return (
    <ListKeys>
      <PageHeader
        title={t("board.title")}
        intro={t("board.intro")}
        actions={<ViewSwitch texts={texts} current="board" values={values} />}
      />
      <Card className="mb-4">
        <ViewFilters {...{ texts, search, choices }} path={dossierBoardPath()} />
      </Card>
      {isInvalid ? (
        <Card>
          <EmptyState icon={<FunnelX />} title={lists("invalid.title")} text={lists("invalid.hint")} />
        </Card>
      ) : (
        <Board
          // Other filters have other cards.
          key={JSON.stringify(values)}
          initial={columns.map(toColumn)}
          labels={byState((state) => t(`states.${state}`))}
          queries={byState((state) => columnQuery(values, state))}
          filter={values}
          channels={liveListChannels(dossierSubject, actor)}
          pageSize={COLUMN_CARDS}
          maxCount={MAX_COLUMN_COUNT}
          allowed={{
            "dossiers.work": can(actor, "dossiers.work"),
            "dossiers.decide": can(actor, "dossiers.decide"),
            "dossiers.reopen": can(actor, "dossiers.reopen"),
          }}
          move={move}
        />
      )}
    </ListKeys>
  );
}

/** What the browser gets of a column: no more than its cards show. */
function toColumn({ state, count, items, next }: BoardColumn) {
  const cards = items.map(({ id, reference, title, priority, due_on, overdue, assignee }) => ({
    ...{ id, reference, title, priority, due_on, overdue },
    assignee: assignee && { name: assignee.name },
  }));
  return { state, count, cards, next };
}
