import { proofPath } from "@mgs/core/portal-links";
import { safeReturnTo } from "@mgs/http/return-to";
import { redirect } from "next/navigation";
import { portal } from "../../portal";

type Props = { searchParams: Promise<{ retour?: string | string[] }> };

/** Leads to Administration, which asks for the proof, and comes back to a page of this portal. */
export default async function ProofPage({ searchParams }: Props) {
  const { retour } = await searchParams;
  const { ownOrigin, portalUrls } = portal.runtime();
  const path = safeReturnTo(typeof retour === "string" ? retour : null);
  redirect(`${portalUrls.administration}${proofPath(`${ownOrigin}${path}`)}`);
}
