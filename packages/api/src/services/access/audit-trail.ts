import type { AuditResult } from "@claw/core/access/audit";
import { messageOf } from "@claw/core/errors";
import { timestamp } from "../../host/host.ts";
import type { NewAuditEntry } from "../../store/access-records.ts";
import { createAuditBudget } from "./audit-budget.ts";
import type { AuditDraft } from "./audit-draft.ts";
import type { Needed } from "./identify.ts";

const WINDOW_MS = 60_000;
/** So many lines that tell of what they are about are written when a minute is over. */
const MOST_APART = 200;

/**
 * Writes down what was done or refused. Nobody can fill the disk by it, and nothing vanishes: what
 * is over somebody's budget in a minute is one line for each kind, with their number, written when
 * the minute is over, or when the panel ends. So is what could not be written at first.
 */
export interface AuditTrail extends AsyncDisposable {
  record(audit: AuditDraft, result: AuditResult): Promise<void>;
}

export function createAuditTrail({ store, host, log }: Needed): AuditTrail {
  const ended = new AbortController();
  let since = host.now();
  let budget = createAuditBudget();
  let joined = new Map<string, NewAuditEntry>();
  /** Set as long as something is joined. */
  let writing: Promise<void> | undefined;
  /** Of this minute; negative when the clock was put back. */
  const passed = () => host.now() - since;

  function join(entry: NewAuditEntry): void {
    const isApart = joined.has(kindOf(entry)) || joined.size < MOST_APART;
    const line = isApart ? entry : asOneOfMany(entry);
    const before = joined.get(kindOf(line));
    // When, how and where are those of the last. What else they named need not exist.
    const instanceIds = before ? line.about.map(({ id }) => id) : line.instanceIds;
    const count = line.count + (before?.count ?? 0);
    joined.set(kindOf(line), { ...line, instanceIds, count });
    writing ??= writeWhenOver();
  }

  async function writeWhenOver(): Promise<void> {
    do {
      await host.sleep(Math.max(0, WINDOW_MS - passed()), ended.signal);
      await beginAnother();
    } while (joined.size > 0 && !ended.signal.aborted);
    writing = undefined;
  }

  async function beginAnother(): Promise<void> {
    since = host.now();
    budget = createAuditBudget();
    const lines = joined;
    joined = new Map();
    for (const line of lines.values()) await append(line);
  }

  async function append(entry: NewAuditEntry): Promise<void> {
    try {
      await store.appendAudit(entry);
    } catch (error) {
      // What was done is done: that it cannot be written down, on a full disk, is no reason to fail.
      log.error(`the audit trail cannot be written: ${messageOf(error)}`);
      join(entry);
    }
  }

  return {
    async record(audit, result) {
      if (passed() < 0 || passed() >= WINDOW_MS) await beginAnother();
      const entry = { ...audit, at: timestamp(host), result, count: 1 };
      if (budget.take(entry)) await append(entry);
      else join(entry);
    },

    async [Symbol.asyncDispose]() {
      ended.abort();
      await writing;
      const lost = [...joined.values()].reduce((sum, { count }) => sum + count, 0);
      if (lost > 0) log.error(`${lost} entries of the audit trail are lost: they were not written`);
    },
  };
}

const kindOf = ({ user, action, result, about }: NewAuditEntry) =>
  JSON.stringify([user, action, result, about]);

/** There are more kinds than are told apart: about what, and of anonymous callers who, is left out. */
function asOneOfMany(entry: NewAuditEntry): NewAuditEntry {
  const user = entry.via === null ? null : entry.user;
  return { ...entry, user, instanceIds: [], about: [], object: null };
}
