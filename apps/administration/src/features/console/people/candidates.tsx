import type { UserSummary } from "@mgs/identity/search-users";
import { Alert } from "@mgs/ui/alert";
import Link from "next/link";
import type { ConsoleTexts } from "../texts";

/** People to choose from; more of a name narrows it down. */
const SHOWN = 10;

type CandidatesProps = {
  texts: ConsoleTexts;
  search: string;
  people: readonly UserSummary[];
  /** The address with that person. */
  hrefOf: (id: number) => string;
};

/** Those whom a search may have meant, or word that there is nobody. */
export function Candidates({ texts, search, people, hrefOf }: CandidatesProps) {
  return (
    <Alert tone="warning" title={texts.t("choosePerson", { count: people.length, search })}>
      {people.length > 0 ? (
        <ul className="mt-2 flex flex-wrap gap-2">
          {people.slice(0, SHOWN).map((person) => (
            <li key={person.id} className="min-w-0 max-w-full">
              <Link
                prefetch={false}
                href={hrefOf(person.id)}
                className="block truncate rounded-md border border-current/30 px-2 py-1 font-medium text-xs hover:underline"
              >
                <bdi>{person.name}</bdi> · <bdi>{person.email}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </Alert>
  );
}
