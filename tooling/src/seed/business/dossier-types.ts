import type { DossierField, RequiredPiece } from "@mgs/dossiers/contract/dossier-types";
import type { Random } from "./random";

/** A type of dossiers, and what those of the demonstration say. */
export type DemoType = {
  name: { fr: string; en: string };
  fields: readonly DossierField[];
  pieces: readonly RequiredPiece[];
  dueWorkingDays: number | null;
  /** `{nom}` and `{ville}` are filled in. */
  titles: readonly string[];
  descriptions: readonly string[];
  tags: readonly string[];
  values(random: Random): Record<string, unknown>;
};

const field = (key: string, fr: string, en: string, kind: DossierField["kind"], more: Partial<DossierField> = {}) => ({
  ...{ key, label: { fr, en }, kind, required: false },
  ...more,
});
const piece = (name: string, required = true): RequiredPiece => ({ name, required });

export const DEMO_TYPES: readonly DemoType[] = [
  {
    name: { fr: "Permis de construire", en: "Building permit" },
    fields: [
      field("surface", "Surface (m²)", "Area (m²)", "number"),
      field("parcelle", "Parcelle cadastrale", "Land parcel", "text"),
      field("usage", "Usage", "Use", "choice", { choices: ["Habitation", "Commerce", "Entrepôt", "Mixte"] }),
    ],
    pieces: [
      piece("Certificat de situation juridique"),
      piece("Plan de masse"),
      piece("Plan de situation", false),
      piece("Pièce d’identité du demandeur"),
    ],
    dueWorkingDays: 20,
    titles: [
      "Permis de construire, {nom}, {ville}",
      "Extension d’un bâtiment à {ville}, {nom}",
      "Surélévation d’une maison à {ville}, {nom}",
    ],
    descriptions: [
      "Le demandeur souhaite commencer les travaux avant la saison des pluies. Le terrain est borné.",
      "Construction d’un bâtiment de deux niveaux sur un terrain titré. L’accès se fait par une servitude de passage.",
    ],
    tags: ["urbanisme", "terrain titré", "visite à prévoir"],
    values: (random) => ({
      surface: random.int(6, 120) * 10,
      parcelle: `TF ${random.int(1_000, 49_999)}-A`,
      usage: random.pick(["Habitation", "Commerce", "Entrepôt", "Mixte"]),
    }),
  },
  {
    name: { fr: "Réclamation sur facture", en: "Billing complaint" },
    fields: [
      field("canal", "Reçue par", "Received by", "choice", {
        choices: ["Guichet", "Téléphone", "E-mail", "Courrier"],
        required: true,
      }),
      field("recours", "Recours gracieux", "Informal appeal", "yes-no"),
    ],
    pieces: [piece("Courrier du client"), piece("Facture contestée", false)],
    dueWorkingDays: 5,
    titles: [
      "Facture contestée, {nom}",
      "Retard de livraison à {ville}, {nom}",
      "Double prélèvement, {nom}",
      "Accueil au guichet de {ville}, {nom}",
    ],
    descriptions: [
      "Le client conteste le montant et demande une réponse écrite.",
      "Deuxième réclamation sur le même sujet. La première réponse n’a pas convaincu.",
    ],
    tags: ["facturation", "délai", "relance"],
    values: (random) => ({
      canal: random.pick(["Guichet", "Téléphone", "E-mail", "Courrier"]),
      recours: random.chance(0.2),
    }),
  },
  {
    name: { fr: "Appel d’offres", en: "Call for tenders" },
    fields: [
      field("ouverture_plis", "Ouverture des plis", "Opening of the bids", "date"),
      field("montant", "Montant estimé (Ar)", "Estimated amount (Ar)", "number"),
    ],
    pieces: [
      piece("Cahier des charges"),
      piece("Attestation fiscale (NIF)"),
      piece("Carte statistique"),
      piece("Caution bancaire"),
      piece("Références", false),
    ],
    dueWorkingDays: 30,
    titles: [
      "Fourniture de mobilier, {ville}, {nom}",
      "Entretien des locaux de {ville}, {nom}",
      "Réfection de la toiture de l’agence de {ville}, {nom}",
    ],
    descriptions: [
      "Trois offres attendues. La commission se réunit après l’ouverture des plis.",
      "Le cahier des charges reprend celui de l’an dernier, avec la garantie portée à deux ans.",
    ],
    tags: ["achats", "commission", "budget"],
    values: (random) => ({ montant: random.int(5, 400) * 1_000_000 }),
  },
  {
    name: { fr: "Sinistre", en: "Insurance claim" },
    fields: [
      field("police", "Numéro de police", "Policy number", "text", { required: true }),
      field("nature", "Nature", "Kind", "choice", {
        choices: ["Cyclone", "Incendie", "Dégât des eaux", "Vol", "Accident"],
      }),
      field("expertise", "Expertise demandée", "Survey asked for", "yes-no"),
    ],
    pieces: [
      piece("Déclaration de sinistre"),
      piece("Photos des dégâts"),
      piece("Devis de réparation"),
      piece("Procès-verbal", false),
    ],
    dueWorkingDays: 15,
    titles: ["Dégâts du cyclone à {ville}, {nom}", "Incendie d’un entrepôt, {nom}", "Dégât des eaux à {ville}, {nom}"],
    descriptions: [
      "Le toit a été emporté sur la moitié de sa longueur. Les marchandises ont été mises à l’abri.",
      "L’assuré a prévenu le jour même. Une visite de l’expert est demandée.",
    ],
    tags: ["cyclone", "expertise", "assurance"],
    values: (random) => ({
      police: `MG-${random.int(100_000, 999_999)}`,
      nature: random.pick(["Cyclone", "Incendie", "Dégât des eaux", "Vol", "Accident"]),
      expertise: random.chance(0.5),
    }),
  },
  {
    name: { fr: "Ouverture de compte", en: "Account opening" },
    fields: [
      field("nif", "NIF", "Tax number (NIF)", "text"),
      field("stat", "STAT", "Statistics number (STAT)", "text"),
    ],
    pieces: [
      piece("Pièce d’identité du représentant"),
      piece("Extrait du registre du commerce (RCS)"),
      piece("Carte d’identification fiscale"),
      piece("Certificat de résidence"),
    ],
    dueWorkingDays: 10,
    titles: ["Ouverture de compte, {nom}", "Second compte pour l’agence de {ville}, {nom}"],
    descriptions: [
      "Le représentant passera au guichet pour signer.",
      "Compte professionnel avec délégation de signature.",
    ],
    tags: ["KYC", "signature"],
    values: (random) => ({ nif: String(random.int(1_000_000_000, 4_999_999_999)) }),
  },
  {
    name: { fr: "Recouvrement", en: "Debt collection" },
    fields: [field("creance", "Créance (Ar)", "Debt (Ar)", "number", { required: true })],
    pieces: [piece("Contrat signé"), piece("Relevé de compte"), piece("Mise en demeure", false)],
    dueWorkingDays: null,
    titles: ["Échéances impayées, {nom}", "Recouvrement amiable à {ville}, {nom}"],
    descriptions: [
      "Deux relances sont restées sans réponse. Le débiteur a promis de passer.",
      "Le débiteur propose un échéancier de six mois.",
    ],
    tags: ["impayé", "échéancier", "relance"],
    values: (random) => ({ creance: random.int(2, 90) * 100_000 }),
  },
];

/** Reasons of steps, opinions, pieces and comments. */
export const WAITING_REASONS = [
  "En attente de l’attestation fiscale.",
  "Le demandeur doit compléter le plan de masse.",
  "L’expert passe la semaine prochaine.",
  "En attente de la réponse du service juridique.",
];
export const APPROVAL_REASONS = [
  "Les pièces sont complètes et conformes.",
  "Avis favorables, aucune réserve.",
  "Conforme au règlement. La garantie est acquise.",
];
export const REJECTION_REASONS = [
  "La caution bancaire n’a pas été fournie malgré deux relances.",
  "Le terrain est en zone inondable.",
  "La demande est hors délai.",
];
export const REOPENING_REASONS = [
  "Le demandeur a fourni une pièce nouvelle.",
  "Recours gracieux accepté par la direction.",
];
export const REFUSED_PIECE_REASONS = [
  "Illisible : merci de la numériser à nouveau.",
  "Le document a expiré.",
  "Il manque la signature.",
];
export const OPINION_QUESTIONS = [
  "Le montant proposé te paraît-il soutenable ?",
  "Peux-tu vérifier la conformité des plans ?",
  "Y a-t-il un contentieux ouvert avec ce client ?",
  "Que penses-tu de la demande de délai ?",
];
export const OPINION_ANSWERS = {
  favorable: ["Rien ne s’y oppose.", "D’accord, le dossier est solide."],
  reserve: ["D’accord, à condition d’obtenir la caution.", "Oui, sous réserve d’une visite."],
  defavorable: ["Le risque est trop élevé dans l’état.", "Non : les plans ne respectent pas le retrait."],
  refused: ["Je connais le demandeur, je préfère ne pas me prononcer."],
} as const;
export const COMMENTS = [
  "J’ai eu le demandeur au téléphone, il passe demain matin avec l’original.",
  "Le plan reçu est lisible, je le joins au dossier.",
  "Merci ! Je m’en occupe cet après-midi.",
  "Est-ce qu’on a une réponse du service juridique ?",
  "**Attention** : l’échéance tombe un jour férié.",
  "Il manque :\n- la copie de la CIN\n- le certificat de résidence",
  "> Il manque la signature\nElle est en page 3, je viens de vérifier.",
  "Relance envoyée par e-mail ce matin.",
  "Bien reçu, le numéro de référence est `MG-2041`.",
  "Rendez-vous pris avec l’expert jeudi à 9 h.",
  "Je propose de valider, tout est en ordre.",
  "Le client demande un délai de dix jours. Je n’y vois pas d’objection.",
  "La pièce a été scannée de travers, je la redemande.",
  "On en parle à la prochaine séance ?",
];
export const REPLIES = [
  "Oui, c’est fait.",
  "Merci pour le suivi.",
  "Pas encore, je relance.",
  "Parfait.",
  "D’accord avec toi.",
];

/** Words that no comment may have, as they are compared: without accents and capitals. */
export const REFUSED_WORDS = ["imbecile", "idiot"] as const;
