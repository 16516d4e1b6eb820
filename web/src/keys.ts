import { typing } from "./review";

// The keyboard of the register: j k move, Enter opens, x picks, e exports, / searches.
export function keys(): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  for (const row of rows) row.tabIndex = -1;
  let at = -1;

  const go = (to: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };
  for (const [number, row] of rows.entries()) row.addEventListener("focusin", () => (at = number));

  const acts: Record<string, () => boolean> = {
    j: () => (go(at + 1), rows.length > 0),
    k: () => (go(at - 1), rows.length > 0),
    x: () => {
      const box = rows[at]?.querySelector<HTMLInputElement>("input[name=record]");
      box?.click();
      return box !== undefined && box !== null;
    },
    Enter: () => {
      const focused = document.activeElement === rows[at];
      if (focused) rows[at]?.querySelector<HTMLAnchorElement>("a.open, .c-title a")?.click();
      return focused;
    },
    e: exported,
    "/": () => {
      const box = document.getElementById("search");
      box?.focus();
      return box !== null;
    },
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      acts["/"]?.();
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = acts[event.key];
    if (act?.()) event.preventDefault();
  });
}

// What is picked, else the whole view.
function exported(): boolean {
  const form = document.querySelector<HTMLFormElement>("form.picks");
  const link = document.getElementById("export");
  if (form?.querySelector("input[name=record]:checked")) form.requestSubmit();
  else if (link) link.click();
  return form !== null || link !== null;
}
