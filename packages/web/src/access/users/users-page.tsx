import type { User } from "@claw/core/access/user";
import { createSignal, Match, Show, Switch } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import type { Invited } from "../../api/client.ts";
import { createQuery } from "../../api/create-query.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { showToast } from "../../ui/toast.tsx";
import { createUserChanges } from "./create-user-changes.ts";
import { DeleteUserDialog } from "./delete-user-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { InviteManyDialog } from "./invite-many-dialog.tsx";
import { InvitedDialog } from "./invited-dialog.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { UserDialog } from "./user-dialog.tsx";
import { UserTable } from "./user-table.tsx";

type Asking =
  | { what: "create" | "invite" | "inviteMany" }
  | { what: "invited"; name: string; link: Invited }
  | { what: "edit" | "link" | "delete"; user: User };

/** The users and their roles. */
export function UsersPage() {
  const { users } = useApi().trpc;
  const query = createQuery((signal) => users.list.query(undefined, { signal }));
  const changes = createUserChanges(query.refetch);
  const [asking, setAsking] = createSignal<Asking>();
  const close = () => setAsking(undefined);
  const invited = () => {
    const current = asking();
    return current?.what === "invited" ? current : undefined;
  };
  const about = (what: "edit" | "link" | "delete"): User | undefined => {
    const current = asking();
    return current?.what === what && "user" in current ? current.user : undefined;
  };
  return (
    <Page
      title={t("nav.users")}
      actions={
        <>
          <Button onClick={() => setAsking({ what: "create" })}>{t("users.create")}</Button>
          <Button onClick={() => setAsking({ what: "inviteMany" })}>
            {t("inviteMany.action")}
          </Button>
          <Button variant="primary" icon="plus" onClick={() => setAsking({ what: "invite" })}>
            {t("invite.action")}
          </Button>
        </>
      }
    >
      <Show when={query.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <Show
        when={query.data()}
        fallback={
          <Show when={!query.error()}>
            <Skeleton class="h-48 w-full rounded-lg" />
          </Show>
        }
      >
        {(list) => (
          <UserTable
            users={list()}
            changes={changes}
            onAsk={(what, user) => setAsking({ what, user })}
          />
        )}
      </Show>
      <Switch>
        <Match when={asking()?.what === "invite"}>
          <InviteDialog
            users={query.data() ?? []}
            onInvited={(name, link) => {
              void query.refetch();
              setAsking({ what: "invited", name, link });
            }}
            onClose={close}
          />
        </Match>
        <Match when={asking()?.what === "inviteMany"}>
          <InviteManyDialog
            users={query.data() ?? []}
            onInvited={() => void query.refetch()}
            onClose={close}
          />
        </Match>
        <Match when={invited()}>
          {(made) => <InvitedDialog name={made().name} link={made().link} onClose={close} />}
        </Match>
        <Match when={asking()?.what === "create"}>
          <UserDialog
            onSaved={(user) => {
              showToast({ kind: "success", title: t("users.created", { name: user.displayName }) });
              void query.refetch();
              setAsking({ what: "link", user });
            }}
            onClose={close}
          />
        </Match>
        <Match when={about("edit")}>
          {(user) => (
            <UserDialog
              user={user()}
              onSaved={() => {
                void query.refetch();
                close();
              }}
              onClose={close}
            />
          )}
        </Match>
        <Match when={about("link")}>{(user) => <LinkDialog user={user()} onClose={close} />}</Match>
        <Match when={about("delete")}>
          {(user) => <DeleteUserDialog user={user()} onDeleted={query.refetch} onClose={close} />}
        </Match>
      </Switch>
    </Page>
  );
}
