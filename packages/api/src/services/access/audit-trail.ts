import type { AuditResult } from "@claw/core/access/audit";
import { messageOf } from "@claw/core/errors";
import { timestamp } from "../../host/host.ts";
import type { NewAuditEntry } from "../../store/access-records.ts";
import { createAuditBudget } from "./audit-budget.ts";
import type { AuditDraft } from "./audit-draft.ts";
import type { Needed } from "./identify.ts";

const WINDOW_MS = 60_000;
/** Merged lines per minute that still tell their instances apart. */
const MOST_APART = 200;

/**
 * Records completed and refused calls. Nobody can fill the disk with them, and nothing vanishes:
 * events beyond the budget of a minute are merged into one line per kind with a count, written when
 * the minute or the panel ends. So are events whose first write failed.
 */
export interface AuditTrail extends AsyncDisposable {
  record(audit: AuditDraft, result: AuditResult): Promise<void>;
}

export function createAuditTrail({ store, host, log }: Needed): AuditTrail {
  const ended = new AbortController();
  let since = host.now();
  let budget = createAuditBudget();
  let joined = new Map<string, NewAuditEntry>();
  /** Set while events are merged. */
  let writing: Promise<void> | undefined;
  /** Time since the minute began; negative after the clock was set back. */
  const passed = () => host.now() - since;

  function join(entry: NewAuditEntry): void {
    const isApart = joined.has(kindOf(entry)) || joined.size < MOST_APART;
    const line = isApart ? entry : asOneOfMany(entry);
    const before = joined.get(kindOf(line));
    // Time, session and address are the last event's. Other ids that it names need not exist.
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
      // The action is done: a failure to record it, as on a full disk, must not fail it.
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

/** Too many kinds to tell apart: drops the instances and, for anonymous callers, the user. */
function asOneOfMany(entry: NewAuditEntry): NewAuditEntry {
  const user = entry.via === null ? null : entry.user;
  return { ...entry, user, instanceIds: [], about: [], object: null };
}
