import type { Role } from "@mgs/core/roles";
import { PEOPLE } from "../people";

const idsOf = (...roles: Role[]): readonly number[] =>
  PEOPLE.filter(({ role }) => roles.includes(role)).map(({ id }) => id);

/** Who works on dossiers; Claire, whose account the start prints, has most of them in hand. */
export const CASE_WORKERS = idsOf("gestionnaire");
export const DECIDERS = idsOf("direction", "gestionnaire");
export const OPENERS = [...idsOf("gestionnaire"), ...idsOf("commercial").slice(0, 6), 1];
/** Who is asked for opinions. */
export const EXPERTS = [...idsOf("comptable"), ...idsOf("direction")];
export const CLAIRE = 3;
export const ADMINISTRATOR = 1;
export const nameOf = (id: number): string => PEOPLE.find((person) => person.id === id)?.name ?? "";
