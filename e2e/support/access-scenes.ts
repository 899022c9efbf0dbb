import type { Visitor } from "./browser.ts";
import { MEMBER } from "./people.ts";
import type { Scene } from "./scene.ts";
import { see } from "./see.ts";

const heading = ({ page, t }: Visitor, word: Parameters<Visitor["t"]>[0]) =>
  see(page.getByRole("heading", { level: 1, name: t(word) }));

async function fromMenu({ page, t }: Visitor, name: string, entry: Parameters<Visitor["t"]>[0]) {
  await page.getByRole("button", { name: t("moreNamed", { name }), exact: true }).click();
  await page.getByRole("menuitem", { name: t(entry) }).click();
}

/** Scenes of accounts. */
export const ACCESS_SCENES: readonly Scene[] = [
  {
    name: "setup",
    world: "bare",
    path: "/setup",
    person: null,
    show: (visitor) => heading(visitor, "setUp"),
  },
  {
    name: "login",
    world: "people",
    path: "/instances",
    person: null,
    show: (visitor) => heading(visitor, "signIn"),
  },
  {
    name: "login-wrong",
    world: "people",
    path: "/",
    person: null,
    errors: [/401 \(Unauthorized\)/],
    show: async ({ page, t, view }) => {
      // Somebody else each time: more wrong tries for one account have to wait.
      const { language, width, theme } = view;
      const nobody = `nobody.${language}.${width}.${theme}`;
      await page.getByLabel(t("username"), { exact: true }).fill(nobody);
      await page.getByLabel(t("password"), { exact: true }).fill("wrong");
      await page.getByRole("button", { name: t("signIn") }).click();
      await see(page.getByText(t("credentialsWrong")));
    },
  },
  {
    name: "reset-link",
    world: "people",
    path: "/reset-password#code=0123456789",
    person: null,
    errors: [/404 \(Not Found\)/],
    show: ({ page, t }) => see(page.getByText(t("linkInvalid"))),
  },
  {
    name: "invitation",
    world: "people",
    path: "/",
    person: null,
    show: async ({ page, t }, { panel }) => {
      const { code } = await panel.client.users.resetLink.mutate({ username: "li" });
      await page.goto(new URL(`/invite#code=${code}`, page.url()).href);
      await see(page.getByRole("heading", { name: t("welcome", { name: "Xiao Li" }) }));
    },
  },
  {
    name: "user-menu",
    world: "people",
    path: "/",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("menuOf", { name: "admin" }) }).click();
      await see(page.getByRole("menuitem", { name: t("signOut") }));
    },
  },
  {
    name: "member-home",
    world: "people",
    path: "/",
    person: MEMBER,
    show: async ({ page, t }) => {
      await see(page.getByRole("button", { name: t("openNamed", { name: "张三" }) }));
      await see(page.getByRole("button", { name: t("setUpModelOf", { name: "张三" }) }));
    },
  },
  {
    name: "member-instance",
    world: "people",
    path: "/instances/zhangsan",
    person: MEMBER,
    show: ({ page }) => see(page.getByRole("heading", { level: 1, name: "张三" })),
  },
  {
    name: "member-forbidden",
    world: "people",
    path: "/users",
    person: MEMBER,
    show: (visitor) => heading(visitor, "forbidden"),
  },
  {
    name: "account",
    world: "people",
    path: "/account",
    show: async ({ page, t }) => {
      await see(page.getByText(t("thisSession")));
      await see(page.getByRole("button", { name: t("turnOnTotp") }));
      await see(page.getByText("nightly"));
    },
  },
  {
    name: "account-totp",
    world: "people",
    path: "/account",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("turnOnTotp") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("currentPassword")).fill("seven lobsters in a bathtub");
      await dialog.getByRole("button", { name: t("goOn") }).click();
      await see(dialog.getByRole("img"));
    },
  },
  {
    name: "account-token",
    world: "people",
    path: "/account",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createToken") }).click();
      await see(page.getByRole("dialog").getByLabel(t("tokenName")));
    },
  },
  {
    name: "users",
    world: "people",
    path: "/users",
    show: ({ page, t }) => see(page.getByText(t("invited"))),
  },
  {
    name: "users-create",
    world: "people",
    path: "/users",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createUser") }).click();
      await see(page.getByRole("dialog").getByLabel(t("displayName")));
    },
  },
  {
    name: "users-invite",
    world: "people",
    path: "/users",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("invite"), exact: true }).click();
      await page.getByRole("dialog").getByLabel(t("displayName")).fill("Xiao Li");
      await see(page.getByText(t("withInstance")));
    },
  },
  {
    name: "users-invite-many",
    world: "people",
    path: "/users",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("inviteMany") }).click();
      await page
        .getByRole("dialog")
        .getByLabel(t("inviteManyLines"))
        .fill("wangwu 王五 wang\nlisi 李四 admin\nCarla Díaz");
      await see(page.getByText(t("canBeInvited", { count: "2" })));
    },
  },
  {
    name: "users-invited-many",
    world: "people",
    path: "/users",
    show: async ({ page, t }) => {
      let count = 0;
      // Nobody is invited: other scenes show the same users.
      await page.route("**/trpc/users.invite*", (route) => {
        count += 1;
        const url = `https://panel.example/invite#code=${"x".repeat(43)}`;
        const data = { url, expiresAt: "2026-12-07T08:00:00.000Z" };
        return count === 2 ? route.abort() : route.fulfill({ json: { result: { data } } });
      });
      await page.getByRole("button", { name: t("inviteMany") }).click();
      const dialog = page.getByRole("dialog");
      const lines = "wangwu 王五 wang\nlisi 李四\nCarla Díaz";
      await dialog.getByLabel(t("inviteManyLines")).fill(lines);
      await dialog.getByRole("button", { name: t("inviteCount", { count: "3" }) }).click();
      await see(dialog.getByText(t("invitedOf", { done: "2", total: "3" })));
    },
    errors: [/net::ERR_FAILED/],
  },
  {
    name: "users-link",
    world: "people",
    path: "/users",
    show: async (visitor) => {
      await fromMenu(visitor, "Xiao Li", "newLink");
      await see(
        visitor.page.getByRole("dialog").getByLabel(visitor.t("oneTimeLink"), { exact: true }),
      );
    },
  },
  {
    name: "users-delete",
    world: "people",
    path: "/users",
    show: async (visitor) => {
      await fromMenu(visitor, "张三丰", "remove");
      await see(visitor.page.getByRole("button", { name: visitor.t("deleteUser") }));
    },
  },
  {
    name: "audit",
    world: "people",
    path: "/audit",
    show: ({ page }) => see(page.getByRole("row").nth(5)),
  },
  {
    name: "list-owners",
    world: "people",
    path: "/instances",
    show: ({ page }) =>
      see(
        page
          .getByText(/zhang$/)
          .locator("visible=true")
          .first(),
      ),
  },
  {
    name: "assign",
    world: "people",
    path: "/instances",
    show: async ({ page, t }) => {
      await page.getByRole("checkbox", { name: t("choose", { name: "张三" }) }).click();
      await page.getByRole("button", { name: t("assign") }).click();
      await see(page.getByRole("dialog").getByRole("button", { name: t("owner") }));
    },
  },
];
