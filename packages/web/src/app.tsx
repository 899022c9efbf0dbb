import type { Role } from "@claw/core/access/role";
import { Route, Router, useLocation } from "@solidjs/router";
import { Match, type ParentProps, Show, Switch } from "solid-js";
import { AccessGate } from "./access/entry/access-gate.tsx";
import { InstanceActionsProvider } from "./actions/instance-actions.tsx";
import { InstanceDialogsProvider } from "./actions/instance-dialogs.tsx";
import { BackupProvider } from "./backups/backup-provider.tsx";
import { BatchProvider } from "./bulk/batch-context.tsx";
import { CreateProvider } from "./creation/create-context.tsx";
import { Frame } from "./frame/frame.tsx";
import { withTexts } from "./i18n/i18n.ts";
import { JobEndsProvider } from "./jobs/job-ends.tsx";
import { LiveProvider } from "./live/live-context.tsx";
import { StatsProvider } from "./live/stats-context.tsx";
import { paths, STARTING } from "./routes.ts";
import type { Session } from "./session/create-session.ts";
import { guarded } from "./session/guarded.tsx";
import { useMay } from "./session/may.ts";
import { SessionProvider } from "./session/session-context.tsx";
import { lazyPart } from "./ui/lazy-part.tsx";

const DashboardPage = lazyPart(() => import("./dashboard/dashboard-page.tsx"), "DashboardPage");
const MemberHome = lazyPart(() => import("./home/member-home.tsx"), "MemberHome");
const InstancesPage = lazyPart(() => import("./instances/instances-page.tsx"), "InstancesPage");
const InstancePage = lazyPart(
  () => withTexts(import("./instance/instance-page.tsx"), "config", "devices", "webhooks"),
  "InstancePage",
);
const LogsPage = lazyPart(() => withTexts(import("./logs/logs-page.tsx"), "logs"), "LogsPage");
const BackupsPage = lazyPart(() => import("./backups/backups-page.tsx"), "BackupsPage");
const JobsPage = lazyPart(() => import("./jobs/jobs-page.tsx"), "JobsPage");
const SystemPage = lazyPart(() => import("./system/system-page.tsx"), "SystemPage");
const NetworkPage = lazyPart(
  () => withTexts(import("./network/network-page.tsx"), "network"),
  "NetworkPage",
);
const TemplatesPage = lazyPart(
  () => withTexts(import("./templates/templates-page.tsx"), "config"),
  "TemplatesPage",
);
const AccountPage = lazyPart(
  () => withTexts(import("./access/account/account-page.tsx"), "account"),
  "AccountPage",
);
const UsersPage = lazyPart(
  () => withTexts(import("./access/users/users-page.tsx"), "users"),
  "UsersPage",
);
const AuditPage = lazyPart(
  () => withTexts(import("./access/audit/audit-page.tsx"), "audit"),
  "AuditPage",
);
const OpenPage = lazyPart(() => import("./access/entry/open-page.tsx"), "OpenPage");
const StartingPage = lazyPart(() => import("./access/entry/starting-page.tsx"), "StartingPage");
const NotFoundPage = lazyPart(() => import("./frame/not-found-page.tsx"), "NotFoundPage");

/** The pages, by the first segment of their address. */
const PAGES: Record<string, { preload: () => Promise<unknown> }> = {
  "": DashboardPage,
  instances: InstancesPage,
  logs: LogsPage,
  backups: BackupsPage,
  jobs: JobsPage,
  system: SystemPage,
  network: NetworkPage,
  account: AccountPage,
  users: UsersPage,
  audit: AuditPage,
  open: OpenPage,
  starting: StartingPage,
};

/** Loads the page of an address before the first paint. */
export async function loadPageAt(pathname: string, role: Role): Promise<void> {
  const [place = "", id] = pathname.split("/").filter(Boolean);
  const home = place === "" && role === "member";
  const page = home ? MemberHome : place === "instances" && id ? InstancePage : PAGES[place];
  await page?.preload();
}

/** Loads every page, so that navigation never waits. */
export async function loadPages(): Promise<void> {
  await Promise.all(
    [InstancePage, TemplatesPage, ...Object.values(PAGES)].map((page) => page.preload()),
  );
}

function HomePage() {
  const may = useMay();
  return (
    <Show when={may("seeSystem")} fallback={<MemberHome />}>
      <DashboardPage />
    </Show>
  );
}

function Root(props: ParentProps) {
  const location = useLocation();
  const isAt = (place: string) => location.pathname.startsWith(`${place}/`);
  return (
    <AccessGate>
      {() => (
        <Switch fallback={<Inside>{props.children}</Inside>}>
          <Match when={isAt(paths.open)}>{props.children}</Match>
          <Match when={isAt(STARTING)}>
            <LiveProvider>{props.children}</LiveProvider>
          </Match>
        </Switch>
      )}
    </AccessGate>
  );
}

function Inside(props: ParentProps) {
  return (
    <LiveProvider>
      <StatsProvider>
        <InstanceActionsProvider>
          <BatchProvider>
            <JobEndsProvider>
              <InstanceDialogsProvider>
                <CreateProvider>
                  <BackupProvider>
                    <Frame>{props.children}</Frame>
                  </BackupProvider>
                </CreateProvider>
              </InstanceDialogsProvider>
            </JobEndsProvider>
          </BatchProvider>
        </InstanceActionsProvider>
      </StatsProvider>
    </LiveProvider>
  );
}

export function App(props: { session: Session }) {
  return (
    <SessionProvider session={props.session}>
      <Router root={Root}>
        <Route path={paths.dashboard} component={HomePage} />
        <Route path={paths.instances} component={InstancesPage} />
        <Route path={`${paths.instances}/:id/:tab?`} component={InstancePage} />
        <Route path={`${paths.open}/:id/:label`} component={OpenPage} />
        <Route path={paths.starting(":id")} component={StartingPage} />
        <Route path={paths.logs} component={LogsPage} />
        <Route path={paths.backups} component={BackupsPage} />
        <Route path={paths.jobs} component={JobsPage} />
        <Route path={paths.system} component={guarded("seeSystem", SystemPage)} />
        <Route path={paths.network} component={guarded("seeNetwork", NetworkPage)} />
        <Route
          path={`${paths.templates}/:id?`}
          component={guarded("editTemplates", TemplatesPage)}
        />
        <Route path={paths.account} component={AccountPage} />
        <Route path={paths.users} component={guarded("seeUsers", UsersPage)} />
        <Route path={paths.audit} component={AuditPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </SessionProvider>
  );
}
