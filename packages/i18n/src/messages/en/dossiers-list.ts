import type { dossiers as texts } from "../fr/dossiers-list";

/** The list and the board of case files, and the words that all of their pages share. */
export const dossiers: typeof texts = {
  title: "Case files",
  navShort: "Case files",
  yes: "yes",
  no: "no",
  states: {
    nouveau: "New",
    en_cours: "In progress",
    en_attente: "Waiting",
    valide: "Approved",
    rejete: "Rejected",
    cloture: "Closed",
  },
  priorities: { basse: "Low", normale: "Normal", haute: "High", urgente: "Urgent" },
  concernedKinds: { personne: "Person", entreprise: "Company" },
  file: {
    reference: "Reference",
    title: "Title",
    type: "Type",
    state: "State",
    priority: "Priority",
    concerned_kind: "Concerned (kind)",
    concerned_name: "Concerned",
    due_on: "Due",
    overdue: "Overdue",
    assignee: "Assignee",
    tags: "Tags",
    state_since: "In this state since",
    created_at: "Opened on",
    updated_at: "Changed on",
    url: "Address",
  },
};
