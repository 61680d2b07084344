import type { records as fr } from "../fr/records";

export const records: typeof fr = {
  here: "Also on this page",
  editing: "is editing",
  unsaved: "not saved",
  somebody: "Somebody",
  nothing: "(empty)",
  changed: "Updated just now by {name}",
  save: "Save",
  discard: "Discard my changes",
  saved: "Saved",
  restored: "Your unsaved changes are back.",
  chooseFirst: "First choose the value to keep in the marked fields. Nothing that you typed is lost.",
  conflict: {
    label: "{field}: two values",
    text: "{name} changed this field while you were editing it.",
    mine: "Yours",
    theirs: "Current",
    keepMine: "Keep mine",
    takeTheirs: "Take the current one",
  },
};
