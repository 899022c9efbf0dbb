import { createHash } from "node:crypto";
import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** How long a ticket is valid before its download begins. */
export const TICKET_MS = 60_000;
/** How long an interrupted download can be resumed. */
export const RESUME_MS = 10 * 60_000;

/**
 * Permits to fetch one backup without other credentials, for browser downloads, which cannot send a
 * header. A ticket is 256 random bits, stored as a hash, in memory only.
 */
export interface DownloadTickets {
  /** A ticket for one download, to begin within a minute. */
  issue(backupId: string, viewer: Viewer): string;
  /** The backup of a ticket and its viewer; does not use the ticket up. Throws TICKET_INVALID. */
  look(ticket: string): { backupId: string; viewer: Viewer };
  /**
   * Begins the download of an unused ticket. With `continues`, resumes an interrupted one, up to
   * ten minutes after its last bytes. Throws TICKET_INVALID. The caller calls `ended` when no more
   * bytes will follow.
   */
  use(ticket: string, options: { continues: boolean }): { ended: () => void };
}

interface Ticket {
  backupId: string;
  viewer: Viewer;
  used: boolean;
  /** Responses in progress; while there are any, the ticket does not expire. */
  open: number;
  until: number;
}

export function createDownloadTickets(host: Pick<Host, "now" | "randomHex">): DownloadTickets {
  const tickets = new Map<string, Ticket>();
  const isOver = (ticket: Ticket) => ticket.open === 0 && ticket.until <= host.now();

  function find(text: string): Ticket {
    const ticket = tickets.get(hash(text));
    if (ticket && !isOver(ticket)) return ticket;
    throw invalidTicket();
  }

  return {
    issue(backupId, viewer) {
      for (const [key, ticket] of tickets) if (isOver(ticket)) tickets.delete(key);
      const text = host.randomHex(32);
      const until = host.now() + TICKET_MS;
      tickets.set(hash(text), { backupId, viewer, used: false, open: 0, until });
      return text;
    },

    look: (text) => find(text),

    use(text, { continues }) {
      const ticket = find(text);
      if (ticket.used && !continues) throw invalidTicket();
      ticket.used = true;
      ticket.open += 1;
      let isOpen = true;
      return {
        ended() {
          if (!isOpen) return;
          isOpen = false;
          ticket.open -= 1;
          ticket.until = host.now() + RESUME_MS;
        },
      };
    },
  };
}

function hash(ticket: string): string {
  return createHash("sha256").update(ticket).digest("hex");
}

export function invalidTicket(): DomainError {
  return new DomainError(
    "TICKET_INVALID",
    "This download link is used up or has run out. Press Download again.",
  );
}
