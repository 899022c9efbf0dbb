import type { Host } from "../../host/host.ts";
import { hashSecret, newSecret } from "../access/secrets.ts";

/** How long a ticket is valid. */
export const OPEN_TICKET_MS = 30_000;
/** Limit of unused tickets; beyond it the oldest are dropped. */
const TICKETS = 1_000;

/** Whether an instance may be used or only looked at. */
export type OpenAccess = "read" | "full";

/** The session that a ticket begins, and the origins that it is bound to. */
export interface OpenTicket {
  /** The panel session of the user. */
  sessionId: string;
  userId: string;
  instanceUid: string;
  /** That of the instance at the time: a change of owner invalidates the ticket. */
  ownership: string;
  access: OpenAccess;
  /** The origin of the page that may hand it in. */
  from: string;
  /** The origin of the instance. */
  to: string;
}

/** Permits to begin a session at an instance: 256 random bits, stored as a hash, in memory only. */
export interface OpenTickets {
  issue(ticket: OpenTicket): { text: string; expiresAt: number };
  /** Uses the ticket up, whatever becomes of it; null if it was used, has expired or never was. */
  burn(text: string): OpenTicket | null;
}

export function createOpenTickets(host: Pick<Host, "now" | "randomHex">): OpenTickets {
  const tickets = new Map<string, OpenTicket & { until: number }>();

  function sweep(): void {
    for (const [hash, { until }] of tickets)
      if (until <= host.now() || tickets.size >= TICKETS) tickets.delete(hash);
  }

  return {
    issue(ticket) {
      sweep();
      const text = newSecret(host);
      const expiresAt = host.now() + OPEN_TICKET_MS;
      tickets.set(hashSecret(text), { ...ticket, until: expiresAt });
      return { text, expiresAt };
    },

    burn(text) {
      const hash = hashSecret(text);
      const ticket = tickets.get(hash);
      tickets.delete(hash);
      return ticket && ticket.until > host.now() ? ticket : null;
    },
  };
}
