import { Navigate, Route, Router } from "@solidjs/router";
import { lazy, type ParentProps } from "solid-js";
import { ApiProvider } from "./api/api-context.tsx";
import type { Api } from "./api/client.ts";
import { Frame } from "./frame/frame.tsx";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { InstanceActionsProvider } from "./instances/instance-actions.tsx";
import { InstancesPage } from "./instances/instances-page.tsx";
import { LiveProvider } from "./live/live-context.tsx";
import { StatsProvider } from "./live/stats-context.tsx";
import { paths } from "./routes.ts";

const InstancePage = lazy(async () => ({
  default: (await import("./instance/instance-page.tsx")).InstancePage,
}));
const JobsPage = lazy(async () => ({ default: (await import("./jobs/jobs-page.tsx")).JobsPage }));
const SystemPage = lazy(async () => ({
  default: (await import("./system/system-page.tsx")).SystemPage,
}));

function Root(props: ParentProps) {
  return (
    <LiveProvider>
      <StatsProvider>
        <InstanceActionsProvider>
          <Frame>{props.children}</Frame>
        </InstanceActionsProvider>
      </StatsProvider>
    </LiveProvider>
  );
}

export function App(props: { api: Api }) {
  return (
    <ApiProvider api={props.api}>
      <Router root={Root}>
        <Route path="/" component={() => <Navigate href={paths.instances} />} />
        <Route path={paths.instances} component={InstancesPage} />
        <Route path={`${paths.instances}/:id/:tab?`} component={InstancePage} />
        <Route path={paths.jobs} component={JobsPage} />
        <Route path={paths.system} component={SystemPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </ApiProvider>
  );
}
