import type { Role } from "@claw/core/access/role";
import type { Access, Viewer } from "@claw/core/access/viewer";
import { distinctSubjects } from "@claw/core/subject";
import { initTRPC } from "@trpc/server";
import type { AppContext } from "../context.ts";
import type { Network } from "../network-config.ts";
import { admit, newAuditDraft } from "../services/access/admit.ts";
import { admitAgain } from "../services/access/admit-again.ts";
import type { Actor } from "../services/access/audit-draft.ts";
import { requireSetUp } from "../services/access/authorize.ts";
import type { Origin } from "../services/access/begin-session.ts";
import { recordAuditEvent } from "../services/access/record-audit-event.ts";
import { made } from "../services/access/resource-references.ts";
import { jobsOf } from "../services/runtime/jobs-of.ts";
import type { Loss } from "../services/system/save-network.ts";
import { errorData, errorMessage, toTRPCError } from "./errors.ts";

/** Context of every procedure. */
export interface RequestContext {
  app: AppContext;
  /** Session or API token sent with the call. */
  bearer: string | null;
  origin: Origin;
  /** The panel's own origin, as the caller reached it. */
  panelOrigin: string;
  /** By what this caller would lose the panel under other settings of the network; null: by nothing. */
  lossUnder: (next: Network) => Loss | null;
  /** Resolves when the viewer's connection has drained. */
  writable: (signal: AbortSignal) => Promise<void>;
}

/** Context of procedures that require a log-in. */
export interface ViewerContext extends RequestContext {
  viewer: Viewer;
  /** The instances named by the input. */
  instanceIds: readonly string[];
  /** When the viewer's session or token expires, in milliseconds. */
  until: number;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<Access>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: errorMessage(error),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        ...errorData(error),
      },
    }),
  });

const mapped = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toTRPCError(result.error);
  if (error.code === "INTERNAL_SERVER_ERROR")
    ctx.app.log.error({ err: error.cause ?? error, path }, error.message);
  return { ...result, error };
});

/** The result or error as the audit trail names it. */
const reasonOf = (thrown: unknown) => errorData(toTRPCError(thrown)).reason;

/** For procedures without a session: requires set-up unless open to anyone; records mutations. */
const open = t.middleware(async ({ ctx, meta, next, path, type }) => {
  const { app } = ctx;
  const audit = newAuditDraft({ action: path, origin: ctx.origin });
  if (meta?.who !== "anyone") requireSetUp(app);
  const result = await next({ ctx: { ...ctx, audit } });
  if (type === "mutation")
    await recordAuditEvent(app, audit, result.ok ? "ok" : reasonOf(result.error));
  return result;
});

/** Authorizes every call of a non-public procedure, and records it if it changes something. */
const guarded = t.middleware(async ({ ctx, meta: access, next, path, type, getRawInput }) => {
  const { app, bearer, origin } = ctx;
  if (!access) throw new Error(`${path} does not say what it needs`);
  const admitted = await admit(app, { action: path, access, bearer, origin, input: getRawInput });
  const { viewer, until, instanceIds, audit } = admitted;
  const mayBegin = () => admitAgain(app, admitted, { access, input: getRawInput });
  const context: ViewerContext = {
    ...ctx,
    // Jobs begun here belong to the viewer.
    app: {
      ...app,
      runtime: {
        ...app.runtime,
        jobs: jobsOf(app.runtime.jobs, { begunBy: viewer.user.id, mayBegin }),
      },
    },
    viewer,
    until,
    instanceIds,
  };
  const result = await next({ ctx: context });
  if (result.ok) audit.object ??= made(result.data, audit);
  audit.about = distinctSubjects([
    ...audit.about,
    ...app.runtime.live.board.subjectsOf(instanceIds),
  ]);
  if (type === "mutation")
    await recordAuditEvent(app, audit, result.ok ? "ok" : reasonOf(result.error));
  return result;
});

export const router = t.router;

/** A procedure that needs no session. */
export function publicProcedure(access: Access & { who: "public" | "anyone" }) {
  return t.procedure.meta(access).use(mapped).use(open);
}

/** A procedure with its access requirements; there is no other way to make one. */
export function procedure(access: Access & { who: Role }) {
  return t.procedure.meta(access).use(mapped).use(guarded);
}

/** Actor for audit events recorded after the call has returned. */
export function doneBy({ viewer, origin }: ViewerContext): Actor {
  const via = { kind: viewer.kind, id: viewer.id };
  return { user: viewer.user.username, via, address: origin.address };
}
