import type { UserSummary } from "@mgs/identity/search-users";
import { Alert } from "@mgs/ui/alert";
import Link from "next/link";
import type { ConsoleTexts } from "../texts";

/** A longer part of a name finds people beyond these. */
const MAX_CANDIDATES = 10;

type CandidatesProps = {
  texts: ConsoleTexts;
  search: string;
  people: readonly UserSummary[];
  /** Makes the address of the page for that person. */
  hrefOf: (id: number) => string;
};

/** Lists the people whom a search has found, or tells that there are none. */
export function Candidates({ texts, search, people, hrefOf }: CandidatesProps) {
  return (
    <Alert tone="warning" title={texts.t("choosePerson", { count: people.length, search })}>
      {people.length > 0 ? (
        <ul className="mt-2 flex flex-wrap gap-2">
          {people.slice(0, MAX_CANDIDATES).map((person) => (
            <li key={person.id} className="min-w-0 max-w-full">
              <Link
                prefetch={false}
                href={hrefOf(person.id)}
                className="block truncate rounded-md border border-current/30 px-2 py-1 font-medium text-xs hover:underline pointer-coarse:py-3.5"
              >
                <bdi>{person.name}</bdi> · <bdi>{person.email}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {people.length > MAX_CANDIDATES ? <p className="mt-2">{texts.t("chooseMore")}</p> : null}
    </Alert>
  );
}
