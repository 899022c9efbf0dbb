import { Route, Router } from "@solidjs/router";
import { lazy, type ParentProps } from "solid-js";
import { ApiProvider } from "./api/api-context.tsx";
import type { Api } from "./api/client.ts";
import { BackupProvider } from "./backups/backup-provider.tsx";
import { BatchProvider } from "./bulk/batch-context.tsx";
import { Frame } from "./frame/frame.tsx";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { CreateProvider } from "./instances/create-context.tsx";
import { InstanceActionsProvider } from "./instances/instance-actions.tsx";
import { LiveProvider } from "./live/live-context.tsx";
import { StatsProvider } from "./live/stats-context.tsx";
import { paths } from "./routes.ts";

const DashboardPage = lazy(async () => ({
  default: (await import("./dashboard/dashboard-page.tsx")).DashboardPage,
}));
const InstancesPage = lazy(async () => ({
  default: (await import("./instances/instances-page.tsx")).InstancesPage,
}));
const InstancePage = lazy(async () => ({
  default: (await import("./instance/instance-page.tsx")).InstancePage,
}));
const LogsPage = lazy(async () => ({ default: (await import("./logs/logs-page.tsx")).LogsPage }));
const BackupsPage = lazy(async () => ({
  default: (await import("./backups/backups-page.tsx")).BackupsPage,
}));
const JobsPage = lazy(async () => ({ default: (await import("./jobs/jobs-page.tsx")).JobsPage }));
const SystemPage = lazy(async () => ({
  default: (await import("./system/system-page.tsx")).SystemPage,
}));

/** The page of each place, by the first part of its address. */
const PAGES: Record<string, { preload: () => Promise<unknown> }> = {
  "": DashboardPage,
  instances: InstancesPage,
  logs: LogsPage,
  backups: BackupsPage,
  jobs: JobsPage,
  system: SystemPage,
};

/** Loads the page at an address, so that it is there when the first thing is shown. */
export async function loadPageAt(pathname: string): Promise<void> {
  const [place = "", id] = pathname.split("/").filter(Boolean);
  const page = place === "instances" && id ? InstancePage : PAGES[place];
  await page?.preload();
}

function Root(props: ParentProps) {
  return (
    <LiveProvider>
      <StatsProvider>
        <InstanceActionsProvider>
          <BatchProvider>
            <CreateProvider>
              <BackupProvider>
                <Frame>{props.children}</Frame>
              </BackupProvider>
            </CreateProvider>
          </BatchProvider>
        </InstanceActionsProvider>
      </StatsProvider>
    </LiveProvider>
  );
}

export function App(props: { api: Api }) {
  return (
    <ApiProvider api={props.api}>
      <Router root={Root}>
        <Route path={paths.dashboard} component={DashboardPage} />
        <Route path={paths.instances} component={InstancesPage} />
        <Route path={`${paths.instances}/:id/:tab?`} component={InstancePage} />
        <Route path={paths.logs} component={LogsPage} />
        <Route path={paths.backups} component={BackupsPage} />
        <Route path={paths.jobs} component={JobsPage} />
        <Route path={paths.system} component={SystemPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </ApiProvider>
  );
}
