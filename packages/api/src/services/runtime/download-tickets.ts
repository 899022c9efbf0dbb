import { createHash } from "node:crypto";
import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** How long a ticket waits for its download to begin. */
export const TICKET_MS = 60_000;
/** How long a download that broke off can be gone on with. */
export const RESUME_MS = 10 * 60_000;

/**
 * Permits to fetch one backup without any other proof, for the browser's own downloads: their
 * address cannot carry a header. A ticket is 256 random bits, kept as a hash, and only in memory.
 */
export interface DownloadTickets {
  /** A ticket for one download, to be begun within a minute. */
  issue(backupId: string, viewer: Viewer): string;
  /** The backup of a ticket and who asked for it; uses nothing up. Throws TICKET_INVALID. */
  look(ticket: string): { backupId: string; viewer: Viewer };
  /**
   * Begins the download of a ticket that was not used yet. With `continues`, goes on with one that
   * broke off, up to ten minutes after its last bytes. Throws TICKET_INVALID. The caller says with
   * `ended` when no more bytes go out.
   */
  use(ticket: string, options: { continues: boolean }): { ended: () => void };
}

interface Ticket {
  backupId: string;
  viewer: Viewer;
  used: boolean;
  /** Answers that are under way; while there is one, the ticket does not run out. */
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
