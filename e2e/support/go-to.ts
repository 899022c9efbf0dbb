import type { Visitor } from "./browser.ts";

/** Pages that do not fit into a phone's bar; its last entry opens a menu of them. */
const IN_MENU_ON_PHONE = ["system", "users", "audit"] as const;

/** By the main navigation, as the width of the window has it. */
export async function goTo(
  { page, t, view }: Visitor,
  place: "instances" | "jobs" | (typeof IN_MENU_ON_PHONE)[number],
): Promise<void> {
  const navigation = page.getByRole("navigation", { name: t("mainNavigation") });
  if (view.width === 390 && IN_MENU_ON_PHONE.some((one) => one === place)) {
    await navigation.getByRole("button", { name: t("morePlaces") }).click();
    await page.getByRole("menuitem", { name: t(place), exact: true }).click();
  } else {
    await navigation.getByRole("link", { name: t(place) }).click();
  }
}
