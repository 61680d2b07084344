import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { useDossierStage } from "../testing/use-dossier-stage";
import { listDossiers } from "./list-dossiers";

const stage = useDossierStage();
const titles = async (query: object, reader = stage.admin) =>
  (await listDossiers(stage.deps(), reader, query)).items.map(({ title }) => title);

describe("dossiers of another portal's record", () => {
  it("are found by the exact address that they were opened from, as far as the reader sees them", async () => {
    const url = "https://commercial.mgs.mg/contrats/42";
    const from = (address: string) => ({ origin: { portal: "commercial", url: address, title: "Contrat 42" } });
    const aina = await stage.add("Aina", "a@mgs.mg");
    await stage.open(aina, { title: "Litige", ...from(url) });
    await stage.open(stage.admin, { title: "Avenant", ...from(url) });
    await stage.open(stage.admin, { title: "Autre contrat", ...from(`${url}1`) });
    await stage.open(stage.admin, { title: "Sans origine" });
    expect(await titles({ origin: url })).toEqual(["Avenant", "Litige"]);
    expect(await titles({ origin: url, state: "cloture" })).toEqual([]);
    expect(await titles({ origin: url.toUpperCase() })).toEqual([]);
    expect(await titles({ origin: url }, aina)).toEqual(["Litige"]);
  });

  it("may have the longest address that an opening takes, and no longer one", async () => {
    const url = `https://commercial.mgs.mg/?q=${"é%2C".repeat(504)}`.padEnd(2_048, "z");
    await stage.open(stage.admin, { title: "Long", origin: { portal: "erp", url } });
    expect(await titles({ origin: url })).toEqual(["Long"]);
    for (const origin of [`${url}z`, "a\u0000b"]) expect(await refusal(titles({ origin }))).toBe("VALIDATION_ERROR");
  });
});
