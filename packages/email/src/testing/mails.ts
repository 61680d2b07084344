import type { Mail } from "../mail";

export const aMail = (overrides: Partial<Mail> = {}): Mail => ({
  id: "0193a5c0-0000-7000-8000-000000000001",
  from: { name: "MGS Commercial", address: "commercial@mgs.example" },
  to: { name: "Rivo Ratsimba", address: "rivo@mgs.example" },
  subject: "Contrat signé",
  html: "<p>Bonjour</p>",
  text: "Bonjour",
  ...overrides,
});
