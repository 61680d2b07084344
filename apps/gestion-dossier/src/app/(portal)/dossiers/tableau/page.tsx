import { boardQuery } from "@mgs/dossiers/board/board-query";
import { pageTitle } from "@mgs/portal/page-title";
import { readListSearch, type SearchParams } from "@mgs/shell/table/list-query";
import { BoardPage } from "../../../../features/dossier-board/board-page";
import { getListContext } from "../../../../features/dossier-list/list-context";
import { currentSession, PageTexts } from "../../../../portal";
import { move } from "./board.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.dossiers.board.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getListContext();
  return (
    <PageTexts groups={["board"]}>
      <BoardPage context={context} search={readListSearch(boardQuery, await searchParams)} move={move} />
    </PageTexts>
  );
}
