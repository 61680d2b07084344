/** The public holidays of a year as the API has them. */
export type YearHolidaysDto = {
  year: number;
  holidays: readonly { day: string; name_fr: string; name_en: string }[];
  /** Tells one list of days and names from another: a confirmation carries it. */
  version: string;
  confirmed_at: string | null;
  /** Number of the person who has confirmed it. */
  confirmed_by: number | null;
};
