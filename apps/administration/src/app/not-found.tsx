import { NotFoundPage } from "@mgs/portal/not-found-page";
import { currentSession } from "../portal";

export default function NotFound() {
  return <NotFoundPage session={currentSession} />;
}
