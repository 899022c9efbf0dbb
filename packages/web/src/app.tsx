import { Navigate, Route, Router } from "@solidjs/router";
import type { ParentProps } from "solid-js";
import { ApiProvider } from "./api/api-context.tsx";
import type { Api } from "./api/client.ts";
import { Frame } from "./frame/frame.tsx";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { InstanceActionsProvider } from "./instances/instance-actions.tsx";
import { InstancesPage } from "./instances/instances-page.tsx";
import { LiveProvider } from "./live/live-context.tsx";
import { paths } from "./routes.ts";

function Root(props: ParentProps) {
  return (
    <LiveProvider>
      <InstanceActionsProvider>
        <Frame>{props.children}</Frame>
      </InstanceActionsProvider>
    </LiveProvider>
  );
}

export function App(props: { api: Api }) {
  return (
    <ApiProvider api={props.api}>
      <Router root={Root}>
        <Route path="/" component={() => <Navigate href={paths.instances} />} />
        <Route path={paths.instances} component={InstancesPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </ApiProvider>
  );
}
