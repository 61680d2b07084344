import { expect, it } from "vitest";
import { proofReturnAddress } from "./return-address";

const PORTAL_URLS = {
  administration: "https://administration.mgs.mg",
  commercial: "https://commercial.mgs.mg",
  "gestion-dossier": "https://dossiers.mgs.mg",
};

it.each([
  ["/profil/appareils?page=2", "/profil/appareils?page=2"],
  ["https://commercial.mgs.mg/profil/appareils", "https://commercial.mgs.mg/profil/appareils"],
  ["https://administration.mgs.mg/console/sante", "https://administration.mgs.mg/console/sante"],
  ["https://commercial.mgs.mg.evil.example/profil", "/dashboard"],
  ["https://commercial.mgs.mg@evil.example/profil", "/dashboard"],
  ["http://commercial.mgs.mg/profil", "/dashboard"],
  ["https://commercial.mgs.mg/logout", "https://commercial.mgs.mg/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  ["//evil.example", "/dashboard"],
  [["/a", "/b"], "/dashboard"],
  [undefined, "/dashboard"],
  [`/${"a".repeat(5_000)}`, "/dashboard"],
])("a proof for %j ends at %s", (wanted, address) => {
  expect(proofReturnAddress(wanted, PORTAL_URLS)).toBe(address);
});
