import { foldWords } from "@mgs/records/lists/words";

/** What a file of people can say of each of them. */
export const IMPORT_FIELDS = ["name", "first_name", "email", "role", "locale"] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Names that files give the columns, folded: without accents, spaces and signs. */
const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  name: ["name", "fullname", "lastname", "nom", "nomcomplet", "nomdefamille"],
  first_name: ["firstname", "prenom"],
  email: ["email", "mail", "emailaddress", "courriel", "adresse", "adresseemail", "adressemail", "address"],
  role: ["role"],
  locale: ["locale", "language", "langue"],
};
/** A file with one of these is refused: a password that somebody else has written down is nobody's secret. */
const PASSWORDS = ["password", "passwordhash", "passwd", "motdepasse", "mdp"];

export const foldName = (text: string): string => foldWords(text).join("");

export type ColumnProblem = "PASSWORD_COLUMN" | "MISSING_COLUMNS" | "DUPLICATE_COLUMN";

export type ImportColumns = {
  /** The file's own name of each column that it has. */
  names: Partial<Record<ImportField, string>>;
  /** Columns that say nothing that an import takes. */
  ignored: string[];
};

/** Finds the columns of a file of people by their names in French or English; a problem where the file cannot be used. */
export function findImportColumns(columns: readonly string[]): ImportColumns | ColumnProblem {
  const names: ImportColumns["names"] = {};
  const ignored: string[] = [];
  for (const column of columns) {
    const folded = foldName(column);
    if (PASSWORDS.includes(folded)) return "PASSWORD_COLUMN";
    const field = IMPORT_FIELDS.find((one) => NAMES[one].includes(folded));
    if (field === undefined) ignored.push(column);
    else if (names[field] === undefined) names[field] = column;
    else return "DUPLICATE_COLUMN";
  }
  return names.name === undefined || names.email === undefined ? "MISSING_COLUMNS" : { names, ignored };
}
