import { DatabaseError } from "pg";
import { describe, expect, it } from "vitest";
import { wasRolledBack } from "./prepared";

function refusal(severity: string, code: string): DatabaseError {
  return Object.assign(new DatabaseError("refused", 1, "error"), { severity, code });
}

describe("wasRolledBack", () => {
  it("is true for an error of the statement, in any language of the server", () => {
    for (const severity of ["ERROR", "ERREUR", "FEHLER"]) expect(wasRolledBack(refusal(severity, "23505"))).toBe(true);
    for (const code of ["22P05", "40P01", "40001", "57014", "55P03", "P0001"])
      expect(wasRolledBack(refusal("ERREUR", code)), code).toBe(true);
  });

  it("is false when the connection or the server ended, because the outcome is unknown", () => {
    for (const code of ["57P01", "57P02", "08006", "40003", "58030", "XX000"])
      expect(wasRolledBack(refusal("FATAL", code)), code).toBe(false);
    expect(wasRolledBack(new Error("Connection terminated unexpectedly"))).toBe(false);
  });
});
