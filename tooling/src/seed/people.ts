import type { Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";

export type Person = { id: number; email: string; name: string; role: Role; locale: Locale };

/** Password of every demonstration account. */
export const DEMO_PASSWORD = "mgs-demo-2026";

/** The three accounts that the start prints. */
export const DEMO_ACCOUNTS: readonly Person[] = [
  { id: 1, email: "admin@mgs.mg", name: "Voahangy Rasolofoniaina", role: "administrateur", locale: "fr" },
  { id: 2, email: "commercial@mgs.mg", name: "Tojo Andriamanana", role: "commercial", locale: "fr" },
  { id: 3, email: "gestion@mgs.mg", name: "Claire Ravelojaona", role: "gestionnaire", locale: "fr" },
];

type Row = readonly [name: string, role: Role, locale?: Locale];

const STAFF: readonly Row[] = [
  ["Hery Rakotomalala", "direction"],
  ["Isabelle Fontaine", "direction", "en"],
  ["Lalaina Andrianjafy", "direction"],
  ["Naina Randriamampionona", "administrateur"],
  ["Thierry Rakotoarisoa", "administrateur"],
  ["Miora Rasoanaivo", "commercial"],
  ["Fidy Razafindrakoto", "commercial"],
  ["Camille Lefèvre", "commercial", "en"],
  ["Haja Ramanantsoa", "commercial"],
  ["Sitraka Andriantsoa", "commercial"],
  ["Onja Rabemananjara", "commercial"],
  ["Julien Moreau", "commercial"],
  ["Fanja Raharinirina", "commercial"],
  ["Tiana Rakotondrabe", "commercial"],
  ["Mamy Ratsimbazafy", "commercial"],
  ["Élodie Marchand", "commercial"],
  ["Rado Andriamihaja", "commercial", "en"],
  ["Zo Razanamparany", "commercial"],
  ["Noro Rakotovao", "commercial"],
  ["Sedra Randrianasolo", "gestionnaire"],
  ["Vola Ramaroson", "gestionnaire"],
  ["Aina Rasamimanana", "gestionnaire"],
  ["Mathieu Perrin", "gestionnaire"],
  ["Harilala Razafimahatratra", "gestionnaire"],
  ["Ando Rakotonirina", "gestionnaire"],
  ["Bakoly Randriamanantena", "gestionnaire"],
  ["Lova Andrianarisoa", "gestionnaire", "en"],
  ["Sophie Delacroix", "gestionnaire"],
  ["Toky Rabearivelo", "gestionnaire"],
  ["Hanitra Rasoarimalala", "gestionnaire"],
  ["Njaka Ravalison", "gestionnaire"],
  ["Patrick Rajaonarison", "gestionnaire"],
  ["Mialy Andriambelo", "gestionnaire"],
  ["Lucie Besnard", "gestionnaire"],
  ["Rivo Rakotoson", "comptable"],
  ["Saholy Razafimandimby", "comptable"],
  ["Antoine Girard", "comptable"],
  ["Dina Ramiandrisoa", "comptable"],
  ["Tahiry Randrianarivelo", "comptable", "en"],
  ["Nirina Rakotozafy", "comptable"],
];

/** Everybody, ids 1 to 43. */
export const PEOPLE: readonly Person[] = [
  ...DEMO_ACCOUNTS,
  ...STAFF.map(([name, role, locale = "fr"], index) => ({
    id: DEMO_ACCOUNTS.length + 1 + index,
    email: addressOf(name),
    name,
    role,
    locale,
  })),
];

/** `hery.rakotomalala@mgs.mg`: first and last name without accents. */
function addressOf(name: string): string {
  const ascii = name.normalize("NFD").replace(/\p{Mark}/gu, "");
  return `${ascii.toLowerCase().split(" ").join(".")}@mgs.mg`;
}
